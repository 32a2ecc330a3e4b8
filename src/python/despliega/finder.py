"""Finds modules that are not in the core archives: the rest is read from the host when an import asks for it."""

import os
import sys
from zipimport import zipimporter

LIB = "/lib"
SITE = "/app/.heroku/python/lib/python3.14/site-packages"


class ArchiveFinder:
    """The last finder of sys.meta_path.

    `archives` maps a distribution to its archives ({"core": file, "rest": file}), `modules` a top-level module to its
    distribution, `rest` a module to the archive that is read on demand, `read` gives the bytes of an archive at once,
    or None when it cannot be had.
    """

    def __init__(self, archives, modules, rest, read):
        self.archives = archives
        self.modules = modules
        self.rest = rest
        self.read = read
        self.installed = set()

    def find_spec(self, fullname, path=None, target=None):
        name = self.rest.get(fullname)
        if name is None:
            return None
        distribution = self.modules.get(fullname.partition(".")[0])
        if distribution is not None and distribution not in self.installed:
            return None
        location = self._open(LIB if distribution is None else SITE, name)
        if location is None:
            return None
        parents = fullname.split(".")[:-1]
        return zipimporter("/".join([location, *parents])).find_spec(fullname)

    def invalidate_caches(self):
        """Archives never change."""

    def _open(self, folder, name):
        location = f"{folder}/{name}"
        if not os.path.exists(location):
            data = self.read(name)
            if data is None:
                return None
            with open(location, "wb") as archive:
                archive.write(data)
        return location

    def install(self, distributions):
        """Makes exactly these distributions importable; forgets the modules of the others."""
        # tzdata stands for the system's own time zone database, which every dyno has.
        self.installed = {"tzdata", *distributions}
        for name, parts in self.archives.items():
            core = f"{SITE}/{parts['core']}" if "core" in parts else None
            if name in distributions:
                if core and core not in sys.path:
                    sys.path.append(core)
            elif core in sys.path:
                sys.path.remove(core)
        strangers = {top for top, name in self.modules.items() if name not in self.installed}
        for module in [m for m in sys.modules if m.partition(".")[0] in strangers]:
            del sys.modules[module]

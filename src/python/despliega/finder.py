"""Finds modules that are not in the core archives: the rest is read from the host when an import asks for it."""

import os
import sys
from zipimport import ZipImportError, zipimporter

LIB = "/lib"
SITE = "/app/.heroku/python/lib/python3.14/site-packages"


class ArchiveFinder:
    """The last finder of sys.meta_path.

    `archives` maps a distribution to its archives ({"core": file, "rest": file}), `modules` a top-level module to its
    distribution, `read` gives the bytes of an archive at once, or None when it cannot be had.
    """

    def __init__(self, archives, modules, read):
        self.archives = archives
        self.modules = modules
        self.read = read
        # tzdata stands for the system's own time zone database, which every dyno has.
        self.installed = {"tzdata"}

    def find_spec(self, fullname, path=None, target=None):
        location = self._location(fullname.partition(".")[0])
        if location is None:
            return None
        parents = fullname.split(".")[:-1]
        try:
            return zipimporter("/".join([location, *parents])).find_spec(fullname)
        except ZipImportError:
            return None

    def invalidate_caches(self):
        """Archives never change."""

    def _location(self, top):
        distribution = self.modules.get(top)
        if distribution is not None:
            rest = self.archives[distribution].get("rest")
            if rest is None or distribution not in self.installed:
                return None
            return self._open(SITE, rest)
        if top in sys.stdlib_module_names or top.startswith(("pyodide", "_pyodide", "_sysconfigdata_")):
            return self._open(LIB, "stdlib-rest.zip")
        return None

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
        self.installed |= set(distributions)
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

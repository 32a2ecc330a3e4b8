"""The lines of library code that tracebacks show. Archives hold bytecode only; sources are read when one is printed."""

import linecache
import zipfile

from . import host

LIBRARY = "/app/.heroku/python/lib/python3.14/"
PATH = "/lib/sources.zip"

_update = linecache.updatecache
_archive = None


def _open():
    data = host.read_archive("sources.zip")
    if data is None:
        return {}
    with open(PATH, "wb") as file:
        file.write(data)
    archive = zipfile.ZipFile(PATH)
    return {name: archive for name in archive.namelist()}


def updatecache(filename, module_globals=None):
    global _archive
    lines = _update(filename, module_globals)
    if lines or not filename.startswith(LIBRARY):
        return lines
    if _archive is None:
        _archive = _open()
    name = filename.removeprefix(LIBRARY)
    if name not in _archive:
        return []
    text = _archive[name].read(name).decode()
    lines = text.splitlines(keepends=True)
    # Without a time of modification checkcache keeps it.
    linecache.cache[filename] = (len(text), None, lines, filename)
    return lines


def install():
    linecache.updatecache = updatecache

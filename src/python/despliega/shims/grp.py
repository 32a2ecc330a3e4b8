"""The group database of a dyno: one group. CPython for WebAssembly has no `grp`."""

from collections import namedtuple

struct_group = namedtuple("struct_group", "gr_name gr_passwd gr_gid gr_mem")

_GROUP = struct_group("dyno", "x", 42811, [])


def getgrgid(gid):
    return _GROUP


def getgrnam(name):
    if name != _GROUP.gr_name:
        raise KeyError(f"getgrnam(): name not found: {name!r}")
    return _GROUP


def getgrall():
    return [_GROUP]

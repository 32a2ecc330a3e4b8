"""The password database of a dyno: one user. CPython for WebAssembly has no `pwd`."""

from collections import namedtuple

struct_passwd = namedtuple("struct_passwd", "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell")

_USER = struct_passwd("u42811", "x", 42811, 42811, "dyno user", "/app", "/bin/bash")


def getpwuid(uid):
    return _USER


def getpwnam(name):
    if name != _USER.pw_name:
        raise KeyError(f"getpwnam(): name not found: {name!r}")
    return _USER


def getpwall():
    return [_USER]

"""Fills in what CPython for WebAssembly leaves out of the Linux that a dyno is."""

import os
import signal
import socket
import sys
import types


def install():
    """Defines the missing names. Needs nothing of the host, so that the build can call it too."""
    if not hasattr(socket, "AF_UNIX"):
        socket.AF_UNIX = 1
    if not hasattr(signal, "siginterrupt"):
        signal.siginterrupt = lambda signum, flag: None
    if "resource" not in sys.modules:
        resource = types.ModuleType("resource", "Limits of a dyno; nothing enforces them here.")
        resource.RLIMIT_NOFILE = 7
        resource.getrlimit = lambda which: (1024, 4096)
        resource.setrlimit = lambda which, limits: None
        sys.modules["resource"] = resource
    for name, value in {"geteuid": 42811, "getegid": 42811, "getuid": 42811, "getgid": 42811, "getppid": 1}.items():
        if not hasattr(os, name):
            setattr(os, name, lambda value=value: value)
    if not hasattr(os, "getloadavg"):
        os.getloadavg = lambda: (0.0, 0.0, 0.0)

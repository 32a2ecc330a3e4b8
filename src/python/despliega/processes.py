"""The process that this interpreter stands for."""

import contextlib
import os


class Process:
    #: How many workers of gunicorn died before this one in the same dyno.
    replaces = 0
    #: The router's side of every connection, and the dyno's.
    peer = ("10.1.34.210", 41532)
    local = ("172.18.112.38", 5000)
    pid = 2


process = Process()
_REAL_PID = os.getpid()
_kill = os.kill


def kill(pid, signum, /):
    """Signals reach this process only: a dyno runs no other."""
    if pid not in (process.pid, 0, -1):
        raise ProcessLookupError(3, "No such process")
    _kill(_REAL_PID, signum)


os.kill = kill
os.getpid = lambda: process.pid
os.getppid = lambda: 1 if process.pid == 2 else 2


@contextlib.contextmanager
def pid_of(pid):
    """Whatever runs inside believes to be the process `pid`: its logs say so."""
    before, process.pid = process.pid, pid
    try:
        yield
    finally:
        process.pid = before

"""What WebAssembly cannot do, done by the host or refused with a clear error."""

import errno
import hashlib
import re
import signal
import threading
import time
import traceback

from . import host


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    length = dklen if dklen is not None else hashlib.new(hash_name).digest_size
    return host.pbkdf2(hash_name, bytes(password), bytes(salt), iterations, length)


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    if n < 2 or n & (n - 1):
        raise ValueError("n must be a power of 2.")
    if 132 * n * r > (maxmem or 32 * 1024 * 1024):
        raise ValueError("Invalid parameter combination for n, r, p, maxmem.")
    return host.scrypt(bytes(password), bytes(salt), n, r, p, dklen, maxmem)


def sleep(seconds, /):
    """time.sleep: blocks this process, as it should."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    host.sleep(float(seconds))


def start_thread(self):
    raise RuntimeError("can't start new thread: a simulated dyno has a single thread")


_set_signal = signal.signal


def set_signal(signalnum, handler):
    previous = _set_signal(signalnum, handler)
    if signalnum == signal.SIGTERM:
        host.handles_sigterm(handler not in (signal.SIG_DFL, None))
    return previous


_extract = traceback.StackSummary._extract_from_extended_frame_gen.__func__


def extract_stack(summary, frames, **options):
    """Leaves this package out of every traceback: a dyno has no such files."""
    theirs = (item for item in frames if not item[0].f_code.co_filename.startswith("/despliega/"))
    return _extract(summary, theirs, **options)


# Linux's numbers, where WebAssembly's differ and a learner may see them.
_LINUX_ERRNO = {
    "EPERM": 1, "ENOENT": 2, "EIO": 5, "EBADF": 9, "ECHILD": 10, "EAGAIN": 11, "ENOMEM": 12, "EACCES": 13,
    "EEXIST": 17, "EXDEV": 18, "ENOTDIR": 20, "EISDIR": 21, "EINVAL": 22, "EMFILE": 24, "ENOSPC": 28, "EROFS": 30,
    "EPIPE": 32, "ENOSYS": 38, "ENOTEMPTY": 39, "ENOTCONN": 107, "ETIMEDOUT": 110, "ECONNREFUSED": 111,
    "EHOSTUNREACH": 113,
}  # fmt: skip


def linux_errno(number):
    return _LINUX_ERRNO.get(errno.errorcode.get(number, ""), number)


_describe = traceback.TracebackException.__init__


def describe(self, exc_type, exc_value, *args, **options):
    """A traceback with the error number that Linux would show."""
    _describe(self, exc_type, exc_value, *args, **options)
    if isinstance(exc_value, OSError) and isinstance(exc_value.errno, int) and self._str:
        self._str = re.sub(r"^\[Errno \d+\]", f"[Errno {linux_errno(exc_value.errno)}]", self._str)


def install():
    traceback.TracebackException.__init__ = describe
    traceback.StackSummary._extract_from_extended_frame_gen = classmethod(extract_stack)
    hashlib.pbkdf2_hmac = pbkdf2_hmac
    hashlib.scrypt = scrypt
    time.sleep = sleep
    threading.Thread.start = start_thread
    signal.signal = set_signal

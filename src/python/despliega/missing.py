"""What WebAssembly cannot do, done by the host or refused with a clear error."""

import hashlib
import threading
import time
import signal

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


def install():
    hashlib.pbkdf2_hmac = pbkdf2_hmac
    hashlib.scrypt = scrypt
    time.sleep = sleep
    threading.Thread.start = start_thread
    signal.signal = set_signal

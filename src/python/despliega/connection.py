"""A socket that holds one request, and turns what a server writes to it into a response for the host."""

import io
import re

from . import host

# A lone newline counts, as clients have it: gunicorn's own error page ends its head so on Python 3.14.
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class Connection:
    """What gunicorn's and http.server's request handlers use of a socket."""

    def __init__(self, raw, peer, local):
        self._incoming = io.BytesIO(raw)
        self._peer = peer
        self._local = local
        self._head = bytearray()
        self.answered = False
        self._chunked = False
        self._pending = bytearray()

    # What the server reads.

    def recv(self, size, flags=0):
        return self._incoming.read(size)

    def recv_into(self, buffer, size=0, flags=0):
        return self._incoming.readinto(memoryview(buffer)[: size or len(buffer)])

    def makefile(self, mode="r", buffering=None, **options):
        return self._incoming if "r" in mode else _Writer(self)

    # What the server writes.

    def sendall(self, data, flags=0):
        if self.answered:
            self._body(bytes(data))
            return
        self._head += data
        end = _END_OF_HEAD.search(self._head)
        if end is None:
            return
        head, rest = bytes(self._head[: end.start()]), bytes(self._head[end.end() :])
        self._head = bytearray()
        if self._respond(head) and rest:
            self._body(rest)
        elif rest:
            self.sendall(rest)

    def send(self, data, flags=0):
        self.sendall(data)
        return len(data)

    def _respond(self, head):
        """Hands over status line and header fields. An interim response (1xx) is dropped."""
        first, *lines = head.decode("latin-1").splitlines()
        _, status, reason = (first.split(" ", 2) + ["", ""])[:3]
        if status.startswith("1") and status != "101":
            return False
        fields = []
        for line in lines:
            name, _, value = line.partition(":")
            value = value.strip()
            lower = name.lower()
            if lower == "transfer-encoding":
                self._chunked = value.lower() == "chunked"
            elif lower not in ("connection", "keep-alive"):
                fields.append([name, value])
        self.answered = True
        host.head(int(status), reason, fields)
        return True

    def _body(self, data):
        if not self._chunked:
            host.chunk(data)
            return
        self._pending += data
        while True:
            end = self._pending.find(b"\r\n")
            if end < 0:
                return
            size = int(self._pending[:end].split(b";")[0], 16)
            if size == 0 or len(self._pending) < end + 2 + size + 2:
                return
            host.chunk(bytes(self._pending[end + 2 : end + 2 + size]))
            del self._pending[: end + 2 + size + 2]

    # The rest of a socket.

    def getpeername(self):
        return self._peer

    def getsockname(self):
        return self._local

    def fileno(self):
        raise OSError("this socket has no descriptor")

    def gettimeout(self):
        return None

    def _nothing(self, *args, **options):
        return None

    setblocking = settimeout = setsockopt = shutdown = close = _nothing


class _Writer(io.RawIOBase):
    def __init__(self, connection):
        self._connection = connection

    def writable(self):
        return True

    def write(self, data):
        self._connection.sendall(data)
        return len(data)

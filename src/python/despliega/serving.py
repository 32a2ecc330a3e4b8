"""What a program does when it starts to serve: its server is kept and the program's stack is left."""

from . import host


class Serving(BaseException):
    """Unwinds the program. Not an Exception: `except Exception` in the learner's code must let it pass."""


class Server:
    """Answers the requests that come from the host."""

    def respond(self, connection):
        """A generator that answers the request of `connection`; it yields wherever the host may look around."""
        raise NotImplementedError

    def terminate(self):
        """SIGTERM while nothing is being answered. Returns the exit status."""
        raise NotImplementedError


current = None


def serve(server, address, **details):
    """Registers the server, tells the host where it listens, and unwinds."""
    global current
    current = server
    host.listening(address[0], address[1], details)
    raise Serving


def reachable_from_outside(name):
    return name not in ("127.0.0.1", "localhost", "::1")

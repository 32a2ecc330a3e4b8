"""Flask's development server, wsgiref and http.server: the real ones, with the network taken out of socketserver."""

import contextlib
import socketserver

from . import serving
from .processes import process


class BoundServer(serving.Server):
    """A socketserver that a program called serve_forever on."""

    def __init__(self, server):
        self.server = server

    def respond(self, connection):
        try:
            self.server.finish_request(connection, connection.getpeername())
        except Exception:
            self.server.handle_error(connection, connection.getpeername())
        yield

    def terminate(self):
        return 143


def server_bind(self):
    """Any address is free: a dyno runs one program."""
    host, port = self.server_address[:2]
    self.server_address = (host, port or 49152)


def http_server_bind(self):
    server_bind(self)
    self.server_name, self.server_port = self.server_address


def serve_forever(self, poll_interval=0.5):
    process.local = (process.local[0], self.server_address[1])
    serving.serve(BoundServer(self), self.server_address, program=type(self).__module__)


def install():
    import http.server

    socketserver.TCPServer.server_bind = server_bind
    socketserver.TCPServer.server_activate = lambda self: None
    socketserver.BaseServer.serve_forever = serve_forever
    http.server.HTTPServer.server_bind = http_server_bind


class OwnValue:
    """multiprocessing.Value where there is one process: the debugger counts wrong PINs in one."""

    def __init__(self, typecode, value=0):
        self.value = value

    def get_lock(self):
        return contextlib.nullcontext()


def install_werkzeug():
    """Where werkzeug's server would look at the network or start a second process."""
    from werkzeug import _reloader, serving as werkzeug_serving
    from werkzeug._internal import _log

    def run_with_reloader(main_func, extra_files=None, exclude_patterns=None, interval=1, reloader_type="auto"):
        _log("info", " * Restarting with stat")
        main_func()

    real_run_simple = werkzeug_serving.run_simple

    def run_simple(hostname, port, application, use_reloader=False, use_debugger=False, **options):
        if use_debugger:
            import multiprocessing

            multiprocessing.Value = OwnValue
        real_run_simple(hostname, port, application, use_reloader, use_debugger, **options)

    def forever(self, poll_interval=0.5):
        serve_forever(self, poll_interval)

    werkzeug_serving.get_interface_ip = lambda family: process.local[0]
    werkzeug_serving.BaseWSGIServer.serve_forever = forever
    werkzeug_serving.run_simple = run_simple
    _reloader.run_with_reloader = run_with_reloader

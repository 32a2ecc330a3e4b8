"""gunicorn with its master and its only worker in one process: the real one's configuration, parser and logs."""

import os
import sys
from datetime import datetime

from . import serving
from .processes import pid_of, process

MASTER = 2
FIRST_WORKER = 7


class Listener:
    """A bound address, as gunicorn prints it."""

    def __init__(self, address):
        self.address = address

    def __str__(self):
        name = self.address[0]
        return f"http://[{name}]:{self.address[1]}" if ":" in name else f"http://{name}:{self.address[1]}"

    def getsockname(self):
        return self.address

    def close(self):
        """Nothing was bound."""


def create_sockets(conf, log, fds=None):
    return [Listener(address) for address in conf.address if isinstance(address, tuple)]


def install():
    """Puts our arbiter in the place of the real one. Imports gunicorn."""
    import gunicorn.app.base
    import gunicorn.sock
    from gunicorn.arbiter import Arbiter
    from gunicorn.errors import AppImportError, HaltServer
    from gunicorn.workers.sync import SyncWorker

    class DynoWorker(SyncWorker):
        """Answers over a Connection, and lets the host look around between chunks."""

        def load(self):
            """What init_process does before its main loop."""
            from gunicorn import util

            for name, value in (self.cfg.env or {}).items():
                os.environ[name] = value
            util.seed()
            self.load_wsgi()
            self.cfg.post_worker_init(self)
            self.booted = True

        def handle_request_in_steps(self, listener, req, client, addr):
            """SyncWorker.handle_request, with a stop after every chunk."""
            from gunicorn.http import wsgi

            environ, resp = {}, None
            try:
                self.cfg.pre_request(self, req)
                started = datetime.now()
                resp, environ = wsgi.create(req, client, addr, listener.getsockname(), self.cfg)
                resp.force_close()
                self.nr += 1
                body = self.wsgi(environ, resp.start_response)
                try:
                    for item in body:
                        resp.write(item)
                        yield
                    resp.close()
                finally:
                    self.log.access(resp, req, environ, datetime.now() - started)
                    if hasattr(body, "close"):
                        body.close()
            except GeneratorExit:
                self.log.debug("Ignoring EPIPE")
            except Exception:
                if resp and resp.headers_sent:
                    self.log.exception("Error handling request")
                    raise StopServing from None
                raise
            finally:
                try:
                    self.cfg.post_request(self, req, environ, resp)
                except Exception:
                    self.log.exception("Exception in post_request hook")

        def respond(self, listener, client, addr):
            from gunicorn import http

            req = None
            try:
                req = next(http.get_parser(self.cfg, client, addr))
                yield from self.handle_request_in_steps(listener, req, client, addr)
            except StopServing:
                return
            except BaseException as error:
                if isinstance(error, GeneratorExit):
                    raise
                self.handle_error(req, client, addr, error)

    class DynoArbiter(Arbiter, serving.Server):
        """Starts like the real one; what the real one does in a loop comes from the host."""

        def run(self):
            replacing = process.replaces
            with pid_of(MASTER):
                if replacing:
                    self.pid = MASTER
                    self.LISTENERS = create_sockets(self.cfg, self.log)
                else:
                    self.start()
                try:
                    status = self.boot_worker(FIRST_WORKER + replacing)
                    if status is None:
                        self.announce()
                    self.log.error("Worker (pid:%s) exited with code %s.", FIRST_WORKER + replacing, status)
                    if status == self.WORKER_BOOT_ERROR:
                        raise HaltServer("Worker failed to boot.", status)
                    raise HaltServer("App failed to load.", status)
                except HaltServer as inst:
                    self.halt(reason=inst.reason, exit_status=inst.exit_status)

        def boot_worker(self, pid):
            """The child's side of spawn_worker. Returns an exit status, or None when the worker is up."""
            self.worker = DynoWorker(1, self.pid, self.LISTENERS, self.app, self.timeout / 2.0, self.cfg, self.log)
            self.worker.pid = pid
            self.cfg.pre_fork(self, self.worker)
            with pid_of(pid):
                try:
                    self.log.info("Booting worker with pid: %s", pid)
                    self.cfg.post_fork(self, self.worker)
                    self.worker.load()
                    return None
                except SystemExit as error:
                    status = error.code if isinstance(error.code, int) else 1
                except AppImportError as error:
                    self.log.debug("Exception while loading the application", exc_info=True)
                    print(error, file=sys.stderr)
                    status = self.APP_LOAD_ERROR
                except Exception as error:
                    self.log.exception("Exception in worker process")
                    print(error, file=sys.stderr)
                    status = self.WORKER_BOOT_ERROR
                self.log.info("Worker exiting (pid: %s)", pid)
                return status

        def reap_workers(self):
            """The only worker is this process."""

        def announce(self):
            address = self.LISTENERS[0].getsockname() if self.LISTENERS else ("unix", 0)
            serving.serve(
                self, address, program="gunicorn", timeout=self.timeout, master=MASTER, worker=self.worker.pid
            )

        def respond(self, connection):
            with pid_of(self.worker.pid):
                yield from self.worker.respond(self.LISTENERS[0], connection, connection.getpeername())

        def terminate(self):
            with pid_of(MASTER):
                self.log.info("Handling signal: term")
                with pid_of(self.worker.pid):
                    self.log.info("Worker exiting (pid: %s)", self.worker.pid)
                    self.cfg.worker_exit(self, self.worker)
                try:
                    self.halt()
                except SystemExit as error:
                    return error.code or 0

    gunicorn.sock.create_sockets = create_sockets
    gunicorn.app.base.Arbiter = DynoArbiter


class StopServing(Exception):
    """The head was sent and the body failed: the connection closes."""


def configure():
    """Repeats what gunicorn's configuration read from the environment when it was imported, before the dyno had one."""
    import gunicorn.config as config

    port = os.environ.get("PORT")
    config.Bind.default = [f"0.0.0.0:{port}"] if port else ["127.0.0.1:8000"]
    config.Workers.default = int(os.environ.get("WEB_CONCURRENCY", 1))
    config.ForwardedAllowIPS.default = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
    # Neither works here: a control socket wants a thread, sendfile a descriptor.
    config.ControlSocketDisable.default = True
    config.Sendfile.default = False

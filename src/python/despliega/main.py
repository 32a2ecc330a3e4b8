"""The worker's way in: prepare() once, warm() in a spare, start() with the dyno's program, then requests."""

import gc
import json
import os
import random
import signal
import sys

from . import finder, host, linux, missing, programs, servers, serving, sources
from .connection import Connection
from .processes import process

SHIMS = "/lib/despliega.zip/despliega/shims"

archives = None


def prepare(index):
    """Right after boot. `index`: JSON with `archives`, `modules` and `rest`, see ArchiveFinder."""
    global archives
    index = json.loads(index)
    archives = finder.ArchiveFinder(**index, read=host.read_archive)
    sys.meta_path.append(archives)
    sys.path[:] = [entry for entry in sys.path if entry and "site-packages" not in entry]
    sys.path.append(SHIMS)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, write_through=True)
    linux.install()
    missing.install()
    sources.install()
    servers.install()


def warm(distributions):
    """In a spare: everything that most programs import, imported and used once."""
    archives.install(json.loads(distributions))
    try:
        import flask
        import gunicorn.app.wsgiapp  # noqa: F401
        import gunicorn.glogging  # noqa: F401
        import gunicorn.http.wsgi  # noqa: F401
        import gunicorn.workers.sync  # noqa: F401
    except ImportError:
        return
    import http.client  # noqa: F401
    import sqlite3  # noqa: F401
    import uuid  # noqa: F401

    app = flask.Flask("warm", static_folder=None)
    app.secret_key = "warm"

    @app.route("/", methods=["GET", "POST"])
    def page():
        flask.session["n"] = 1
        flask.flash("x")
        template = "{% for n in names %}{{ loop.index }}{{ n|e }}{% else %}{% endfor %}{{ url_for('page') }}"
        return flask.render_template_string(template, names=[flask.request.form.get("n", "x")])

    @app.route("/json")
    def data():
        return flask.jsonify(x=1)

    client = app.test_client()
    for _ in range(2):
        client.get("/")
        client.post("/", data={"n": "x"})
        client.get("/json")
    del app, client
    gc.collect()


def start(spec):
    """Runs the dyno's program. Returns the exit status, or None when it serves."""
    spec = json.loads(spec)
    os.environ.clear()
    os.environ.update(spec["env"])
    process.replaces = spec["replaces"]
    process.local = (process.local[0], spec["port"])
    random.seed()
    os.chdir(spec["cwd"])
    sys.prefix = sys.exec_prefix = sys.base_prefix = sys.base_exec_prefix = "/app/.heroku/python"
    sys.executable = "/app/.heroku/python/bin/python"
    archives.install(spec["packages"])
    pythonpath = [entry for entry in os.environ.get("PYTHONPATH", "").split(":") if entry]
    sys.path[:0] = pythonpath
    argv = spec["argv"]
    if "gunicorn" in spec["packages"] and "gunicorn" in (argv[0], *argv[1:3]):
        from . import gunicorn

        gunicorn.install()
        gunicorn.configure()
    elif "werkzeug" in spec["packages"]:
        servers.install_werkzeug()
    status = programs.run(argv)
    if status is not None:
        leave()
    return status


def leave():
    """What the interpreter does on its way out."""
    import atexit

    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()


class Exchange:
    """One request being answered."""

    def __init__(self, raw):
        self.connection = Connection(raw, process.peer, process.local)
        self.steps = serving.current.respond(self.connection)

    def step(self):
        """Answers a bit more. True while there is more to come."""
        try:
            next(self.steps)
            return True
        except StopIteration:
            return False
        finally:
            sys.stdout.flush()
            sys.stderr.flush()

    def abandon(self):
        """The client left."""
        self.steps.close()


def request(raw):
    return Exchange(raw.to_bytes())


def terminate():
    """SIGTERM between two requests. Returns the exit status, or None when the program goes on."""
    handler = signal.getsignal(signal.SIGTERM)
    if handler not in (signal.SIG_DFL, None) and not isinstance(serving.current, _gunicorn_arbiter()):
        try:
            handler(signal.SIGTERM, None)
        except SystemExit as error:
            status = programs.exit_status(error)
            leave()
            return status
        return None
    status = serving.current.terminate()
    leave()
    return status


def _gunicorn_arbiter():
    module = sys.modules.get("gunicorn.arbiter")
    return module.Arbiter if module else ()

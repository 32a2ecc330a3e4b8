"""Uses Flask as learners do. The modules that this leaves loaded are those that a dyno has at once ("core").

Run by python-compile.py inside Pyodide. Without the packages only the standard library's part runs.
"""

import importlib

# Beside what the applications below load by themselves: what learners' first programs import.
COMMON = """
__future__ abc ast base64 bisect calendar collections.abc contextlib copy csv dataclasses datetime decimal enum
fractions functools getpass glob hashlib heapq hmac html inspect io itertools json linecache locale logging
logging.config logging.handlers math mimetypes operator os os.path pathlib pprint queue random re runpy secrets shutil
signal socket sqlite3 statistics string sys tempfile textwrap threading time traceback types typing unicodedata
urllib.error urllib.parse urllib.request uuid warnings weakref zipfile zlib http.client http.cookies email.utils
wsgiref.simple_server wsgiref.headers argparse shlex errno subprocess importlib.metadata importlib.resources
encodings.idna encodings.latin_1 encodings.ascii encodings.utf_8 asyncio.coroutines concurrent.futures
_pyodide._base _pyodide._core_docs _pyodide._importhook pyodide.ffi pyodide.code
""".split()

GUNICORN = "gunicorn.app.wsgiapp gunicorn.glogging gunicorn.http.wsgi gunicorn.workers.sync".split()


def load(names):
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"not loaded: {name}: {error}")


def run_flask():
    import flask
    from werkzeug.security import generate_password_hash  # noqa: F401
    from werkzeug.utils import secure_filename  # noqa: F401

    app = flask.Flask("workload", static_folder=None)
    app.secret_key = "workload"

    @app.route("/", methods=["GET", "POST"])
    def home():
        flask.session["visits"] = flask.session.get("visits", 0) + 1
        flask.flash("hello")
        page = "{% for n in range(3) %}{{ loop.index }}{% endfor %}{{ name|upper|e }}{% macro m() %}{% endmacro %}"
        return flask.render_template_string(page, name=flask.request.form.get("name", "x"))

    @app.route("/json")
    def data():
        return flask.jsonify(ok=True)

    @app.route("/redirect")
    def redirect():
        return flask.redirect(flask.url_for("home"))

    @app.route("/stream")
    def stream():
        return flask.Response(flask.stream_with_context(str(n) for n in range(2)))

    @app.route("/upload", methods=["POST"])
    def upload():
        return flask.request.files["file"].filename or ""

    @app.errorhandler(404)
    def missing(error):
        return "missing", 404

    import io

    client = app.test_client()
    for _ in range(2):
        client.get("/")
        client.post("/", data={"name": "Ana"})
        client.get("/json")
        client.get("/redirect")
        client.get("/stream")
        client.get("/missing")
        client.post("/upload", data={"file": (io.BytesIO(b"x"), "x.txt")})


load(COMMON)
importlib.import_module("despliega.linux").install()
try:
    run_flask()
except ModuleNotFoundError as error:
    print(f"no Flask: {error}")
else:
    load(GUNICORN)

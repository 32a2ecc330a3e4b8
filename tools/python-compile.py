"""Compiles the standard library, the distributions and our own package to bytecode archives. Runs inside Pyodide.

In:  /lib/python314.zip (Pyodide's sources), /in/wheels/*.whl, /in/markupsafe, /in/despliega, /in/workload.py,
     /in/packages.json
Out: /out/*.zip and /out/index.json: {"archives": {distribution: {"core": file, "rest": file}},
     "rest": {module: file}}, the second for the modules that are read only when an import asks for them
"""

import ast
import json
import pathlib
import re
import sys
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

STDLIB = "/lib/python314.zip"
# What tracebacks show: where Heroku's buildpack puts them.
STDLIB_PATH = "/app/.heroku/python/lib/python3.14/"
SITE_PATH = STDLIB_PATH + "site-packages/"
OUT = pathlib.Path("/out")
# Of the standard library, what learners' mistakes show in tracebacks. The packages' sources are there as well.
IN_TRACEBACKS = re.compile(r"(importlib|json|http|urllib|sqlite3|logging|wsgiref)/|(runpy|random|datetime|re)\.py$")
# Their docstrings are the help texts of commands.
WITH_HELP = {"click", "flask"}

# Of no use in a dyno: other servers' workers and protocols, type stubs, tools.
UNUSED = re.compile(
    r"\.pyi$|/py\.typed$|^(idlelib|tkinter|turtledemo|lib2to3|ensurepip|venv|pydoc_data)/|^(pyodide|_pyodide)/.*\.typed$"
    r"|^gunicorn/(dirty|asgi|http2|uwsgi|ctl)/|\.tmpl$|/tests?/"
)


def without_docstrings(tree):
    """Nobody reads the libraries' docstrings in a dyno, and they weigh a fifth of the archives. Asserts stay."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(
            node, clean=False
        ):
            docstring = node.body[0]
            if len(node.body) > 1:
                del node.body[0]
            else:
                node.body[0] = ast.copy_location(ast.Pass(), docstring)
    return tree


def compiled(source, shown_as, docstrings=False):
    """The bytes of an unchecked hash-based .pyc, the same on every run."""
    tree = ast.parse(source, shown_as)
    code = compile(tree if docstrings else without_docstrings(tree), shown_as, "exec", dont_inherit=True)
    return bytes(_code_to_hash_pyc(code, source_hash(source), checked=False))


def archive(name, entries, compression=zipfile.ZIP_STORED):
    """A zip, the same bytes on every run; stored, because the transport compresses it better than deflate."""
    with zipfile.ZipFile(OUT / name, "w") as target:
        for path in sorted(entries):
            target.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), entries[path], compression)


def module_name(path):
    """`json/decoder.py` → `json.decoder`; None for data files."""
    if not path.endswith(".py"):
        return None
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def modules_in(entries):
    return [name for name in (module_name(path.removesuffix("c")) for path in entries if path.endswith(".pyc")) if name]


def build(sources, shown_in, core, docstrings=False):
    """Splits {path: bytes} into compiled core and rest."""
    parts = {"core": {}, "rest": {}}
    for path, data in sources.items():
        if UNUSED.search(path):
            continue
        name = module_name(path)
        part = parts["core" if name in core else "rest"]
        if name is None:
            part[path] = data
        else:
            try:
                part[path + "c"] = compiled(data, shown_in + path, docstrings)
            except SyntaxError as error:
                print(f"not compiled: {path}: {error}")
    return parts


def read_zip(path):
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist() if not name.endswith("/")}


def read_folder(folder):
    root = pathlib.Path(folder)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def short_metadata(package):
    """What importlib.metadata needs; the wheels' own carry the whole README."""
    lines = ["Metadata-Version: 2.1", f"Name: {package['name']}", f"Version: {package['version']}"]
    lines += [f"Requires-Dist: {r['name']}{r['specifier']}" for r in package["requires"]]
    return ("\n".join(lines) + "\n").encode()


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def main():
    sys.path[:0] = [str(p) for p in pathlib.Path("/in/wheels").glob("*.whl")] + ["/in/markupsafe", "/in", "/in/despliega/shims"]
    before = {}
    exec(compile(pathlib.Path("/in/workload.py").read_text(), "workload.py", "exec"), before)
    core = {module.__spec__.name for module in list(sys.modules.values()) if getattr(module, "__spec__", None)}
    core |= {name.rsplit(".", n)[0] for name in core for n in range(1, name.count(".") + 1)}

    OUT.mkdir(exist_ok=True)
    stdlib_sources = read_zip(STDLIB)
    stdlib = build(stdlib_sources, STDLIB_PATH, core)
    shown = {path: data for path, data in stdlib_sources.items() if IN_TRACEBACKS.match(path)}
    archive("stdlib-core.zip", stdlib["core"])
    archive("stdlib-rest.zip", stdlib["rest"])
    rest = {name: "stdlib-rest.zip" for name in modules_in(stdlib["rest"])}
    own = {path: data for path, data in read_folder("/in/despliega").items() if path.endswith(".py")}
    archive("despliega.zip", {f"despliega/{p}c": compiled(d, f"/despliega/{p}") for p, d in own.items()})

    archives = {}
    for package in json.loads(pathlib.Path("/in/packages.json").read_text()):
        name = normalised(package["name"])
        if name == "markupsafe":
            sources = read_folder("/in/markupsafe")
        else:
            sources = read_zip(f"/in/wheels/{package['wheel']}")
        sources = {path: data for path, data in sources.items() if ".dist-info/" not in path}
        shown |= {f"site-packages/{path}": data for path, data in sources.items() if module_name(path) in core}
        parts = build(sources, SITE_PATH, core, docstrings=name in WITH_HELP)
        main_part = "core" if parts["core"] else "rest"
        info = f"{package['name'].replace('-', '_')}-{package['version']}.dist-info/METADATA"
        parts[main_part][info] = short_metadata(package)
        archives[name] = {}
        for part, suffix in (("core", ""), ("rest", "-rest")):
            if parts[part]:
                archive(f"{name}{suffix}.zip", parts[part])
                archives[name][part] = f"{name}{suffix}.zip"
        rest |= {module: f"{name}-rest.zip" for module in modules_in(parts["rest"])}
    archive("sources.zip", shown, zipfile.ZIP_DEFLATED)
    (OUT / "index.json").write_text(json.dumps({"archives": archives, "rest": rest}))


main()

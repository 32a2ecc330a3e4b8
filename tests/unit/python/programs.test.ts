import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PythonRuntime } from "../../../src/python/runtime";
import { type Program, python, TestDyno } from "./dyno";

/** werkzeug colours its lines even where nobody sees them. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");

let runtime: PythonRuntime;
beforeAll(async () => {
  runtime = await python({ spare: true });
  await runtime.ready;
});
afterAll(() => runtime.dispose());

/** Runs a program to its end. */
async function ended(program: Omit<Program, "files"> & { files?: Program["files"] }) {
  const dyno = new TestDyno(runtime, { files: {}, ...program });
  const code = await dyno.exited;
  return { code, log: dyno.log };
}

const script = (text: string, command = "python app.py") => ended({ files: { "app.py": text }, command });

describe("python app.py with a server", () => {
  const server = (run: string) => `
import os
from flask import Flask
app = Flask(__name__)

@app.get("/")
def home():
    return "hola"

if __name__ == "__main__":
    ${run}
`;

  it("runs Flask's development server on $PORT", async () => {
    const dyno = new TestDyno(runtime, {
      command: "python app.py",
      files: { "app.py": server('app.run(host="0.0.0.0", port=int(os.environ["PORT"]))') },
      requirements: ["flask"],
      port: 41999,
    });
    expect(await dyno.up()).toBe(41999);
    const answer = await dyno.get("/");
    expect([answer.status, answer.text]).toEqual([200, "hola"]);
    expect(Object.fromEntries(answer.headers).Server).toMatch(/^Werkzeug\/3\.1\.9 Python\/3\.14/);
    expect(dyno.output.slice(0, 7).map((line) => line.replaceAll(COLOUR, ""))).toEqual([
      "stdout:  * Serving Flask app 'app'",
      "stdout:  * Debug mode: off",
      "stderr: WARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.",
      "stderr:  * Running on all addresses (0.0.0.0)",
      "stderr:  * Running on http://127.0.0.1:41999",
      expect.stringMatching(/^stderr: {2}\* Running on http:\/\/172\.\d+\.\d+\.\d+:41999$/),
      "stderr: Press CTRL+C to quit",
    ]);
    expect(dyno.log).toMatch(
      /stderr: 10\.1\.\d+\.\d+ - - \[\d\d\/\w{3}\/\d{4} \d\d:\d\d:\d\d\] "GET \/ HTTP\/1\.1" 200 -/,
    );
    dyno.process.signal("SIGTERM");
    expect(await dyno.exited).toBe(143);
  });

  it("listens on the wrong port when the program says so (R10)", async () => {
    const dyno = new TestDyno(runtime, {
      command: "python app.py",
      files: { "app.py": server('app.run(host="0.0.0.0")') },
    });
    expect(await dyno.up()).toBe(5000);
    dyno.process.signal("SIGKILL");
  });

  it("is not up when it listens on localhost only", async () => {
    const dyno = new TestDyno(runtime, { command: "python app.py", files: { "app.py": server("app.run(port=5006)") } });
    const up = dyno.up().then(
      () => "up",
      () => "ended",
    );
    while (!dyno.log.includes("Press CTRL+C to quit")) await new Promise((resolve) => setImmediate(resolve));
    dyno.process.signal("SIGTERM");
    expect(await up).toBe("ended");
  });

  it("flask run, with the debugger's page for errors only in debug mode", async () => {
    const dyno = new TestDyno(runtime, {
      command: "flask run --host=0.0.0.0 --port=$PORT",
      files: { "app.py": `${server("pass")}\n@app.get("/mal")\ndef mal(): 1/0\n` },
    });
    expect(await dyno.up()).toBe(5006);
    expect((await dyno.get("/")).text).toBe("hola");
    expect((await dyno.get("/mal")).status).toBe(500);
    expect(dyno.log).toContain("ZeroDivisionError");
    dyno.process.signal("SIGKILL");
  });

  it("app.run(debug=True) serves too", async () => {
    const dyno = new TestDyno(runtime, {
      command: "python app.py",
      files: { "app.py": server('app.run("0.0.0.0", int(os.environ["PORT"]), debug=True)') },
    });
    expect(await dyno.up()).toBe(5006);
    expect((await dyno.get("/")).text).toBe("hola");
    expect(dyno.log).toContain(" * Debug mode: on");
    dyno.process.signal("SIGKILL");
  });

  it("wsgiref and http.server", async () => {
    const wsgiref = new TestDyno(runtime, {
      command: "python app.py",
      requirements: [],
      files: {
        "app.py": `
import os
from wsgiref.simple_server import make_server
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["REQUEST_METHOD"].encode()]
with make_server("", int(os.environ["PORT"]), app) as server:
    server.serve_forever()
`,
      },
    });
    await wsgiref.up();
    expect((await wsgiref.get("/", { method: "DELETE" })).text).toBe("DELETE");
    wsgiref.process.signal("SIGKILL");
    const files = new TestDyno(runtime, {
      command: "python -m http.server $PORT --bind 0.0.0.0",
      requirements: [],
      files: { "hola.txt": "contenido" },
    });
    await files.up();
    expect((await files.get("/hola.txt")).text).toBe("contenido");
    files.process.signal("SIGKILL");
  });
});

describe("programs that run and end", () => {
  it("prints lines as they come and ends with 0", async () => {
    expect(
      await script("import sys\nprint('uno\\ndos')\nprint('tres', file=sys.stderr)\nprint('sin fin', end='')"),
    ).toEqual({
      code: 0,
      log: "stdout: uno\nstdout: dos\nstderr: tres\nstdout: sin fin",
    });
  });

  it.each([
    ["import sys; sys.exit(7)", 7, ""],
    ["import sys; sys.exit('adiós')", 1, "stderr: adiós"],
    ["import os; os._exit(9)", 9, ""],
    ["raise SystemExit", 0, ""],
    ["import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 143, ""],
  ])("%s", async (text, code, log) => {
    expect(await script(text)).toEqual({ code, log });
  });

  it("an exception gives its traceback and 1", async () => {
    expect(await script("def f():\n    return {}['x']\nf()\n")).toEqual({
      code: 1,
      log: [
        "stderr: Traceback (most recent call last):",
        'stderr:   File "/app/app.py", line 3, in <module>',
        "stderr:     f()",
        "stderr:     ~^^",
        'stderr:   File "/app/app.py", line 2, in f',
        "stderr:     return {}['x']",
        "stderr:            ~~^^^^^",
        "stderr: KeyError: 'x'",
      ].join("\n"),
    });
  });

  it("a file that is not there", async () => {
    expect(await ended({ command: "python nada.py" })).toEqual({
      code: 2,
      log: "stderr: python: can't open file '/app/nada.py': [Errno 2] No such file or directory",
    });
  });

  it("sees exactly its environment", async () => {
    const { log } = await ended({
      command: "python app.py",
      env: { SALUDO: "¡hola!" },
      files: { "app.py": "import os\nprint(sorted(os.environ))\nprint(os.environ['SALUDO'], os.getcwd(), __file__)" },
    });
    expect(log).toBe(
      "stdout: ['DYNO', 'FORWARDED_ALLOW_IPS', 'GUNICORN_CMD_ARGS', 'PORT', 'PYTHONPATH', 'SALUDO', 'WEB_CONCURRENCY']\nstdout: ¡hola! /app /app/app.py",
    );
  });

  it("loads what is seldom used when it is imported, and only what is installed", async () => {
    const text = `
import email.mime.text, unittest, xml.etree.ElementTree, wave
from zoneinfo import ZoneInfo
from datetime import datetime
print(datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Madrid")).utcoffset())
import importlib.metadata
print(importlib.metadata.version("flask"))
import dotenv, packaging.version
print(dotenv.__name__)
for name in ("jinja2", "requests"):
    try:
        __import__(name)
        print("sí")
    except ModuleNotFoundError as error:
        print(error)
`;
    expect(
      await ended({
        files: { "app.py": text },
        command: "python app.py",
        requirements: ["flask", "python-dotenv", "packaging"],
      }),
    ).toEqual({
      code: 0,
      log: "stdout: 2:00:00\nstdout: 3.1.3\nstdout: dotenv\nstdout: sí\nstdout: No module named 'requests'",
    });
    const bare = await ended({
      files: { "app.py": "import dotenv" },
      command: "python app.py",
      requirements: ["flask"],
    });
    expect(bare.log).toContain("ModuleNotFoundError: No module named 'dotenv'");
  });

  it("refuses threads clearly, sleeps, and finds sqlite3", async () => {
    const text = `
import sqlite3, threading, time
start = time.monotonic()
time.sleep(0.05)
print(time.monotonic() - start >= 0.05)
print(sqlite3.connect(":memory:").execute("select 1 + 1").fetchone())
threading.Thread(target=print).start()
`;
    const { code, log } = await script(text);
    expect(code).toBe(1);
    expect(log).toContain("stdout: True\nstdout: (2,)");
    expect(log).toContain("RuntimeError: can't start new thread");
  });

  it("a handler of SIGTERM runs, and atexit too", async () => {
    const dyno = new TestDyno(runtime, {
      command: "python app.py",
      files: {
        "app.py": `
import atexit, os, signal, sys
from wsgiref.simple_server import make_server
def adios(signum, frame):
    print("señal", signum)
    sys.exit(5)
signal.signal(signal.SIGTERM, adios)
atexit.register(print, "fin")
make_server("", int(os.environ["PORT"]), None).serve_forever()
`,
      },
    });
    await dyno.up();
    dyno.process.signal("SIGTERM");
    expect(await dyno.exited).toBe(5);
    expect(dyno.log).toBe("stdout: señal 15\nstdout: fin");
  });

  it("gives two dynos different random numbers", async () => {
    const text = "import random, uuid\nprint(random.random(), uuid.uuid4())";
    expect((await script(text)).log).not.toBe((await script(text)).log);
  });
});

describe("the command line", () => {
  it.each([
    ["echo hola $DYNO && python -c 'print(1)'", 0, "stdout: hola web.1\nstdout: 1"],
    ["false && echo no || echo sí; exec python -c 'import os; print(os.environ[\"A\"])'", 1, undefined],
    ["A=1 B='dos tres' python -c 'import os; print(os.environ[\"A\"], os.environ[\"B\"])'", 0, "stdout: 1 dos tres"],
    [`export C=$\{NADA:-4} && python -c "import os; print(os.environ['C'])"`, 0, "stdout: 4"],
    ["cd web && python -c 'import os; print(os.getcwd())'", 0, "stdout: /app/web"],
    ["cd nada && python x.py", 1, "stderr: bash: line 1: cd: nada: No such file or directory"],
    ["xyz --uno", 127, "stderr: bash: line 1: xyz: command not found"],
    ["./arranca.sh", 127, "stderr: bash: line 1: ./arranca.sh: No such file or directory"],
    ["python -V", 0, "stdout: Python 3.14.2"],
    ["python -m noexiste", 1, "stderr: /app/.heroku/python/bin/python: No module named noexiste"],
  ])("%s", async (command, code, log) => {
    const result = await ended({ command, files: { "web/x.txt": "" } });
    expect(result.code).toBe(code);
    if (log !== undefined) expect(result.log).toBe(log);
  });

  it("names what it does not understand", async () => {
    expect(await ended({ command: "python app.py | tee log" })).toEqual({
      code: 2,
      log: "stderr: El dyno simulado no entiende «|» en la orden del Procfile.",
    });
  });
});

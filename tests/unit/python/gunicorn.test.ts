import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DynoGone } from "../../../src/platform/ports";
import type { PythonRuntime } from "../../../src/python/runtime";
import { python, TestDyno } from "./dyno";

let runtime: PythonRuntime;
beforeAll(async () => {
  runtime = await python({ spare: true });
  await runtime.ready;
});
afterAll(() => runtime.dispose());

const HELLO = `
from flask import Flask
app = Flask(__name__)

@app.get("/")
def home():
    return "hola"
`;

const FORM = (fields: Record<string, string>) => ({
  method: "POST",
  body: new TextEncoder().encode(new URLSearchParams(fields).toString()),
});

describe("a Flask application behind gunicorn", () => {
  it("says what gunicorn says, listens on $PORT, answers, and ends on SIGTERM with 0", async () => {
    const dyno = new TestDyno(runtime, { files: { "app.py": HELLO }, port: 41234 });
    expect(await dyno.up()).toBe(41234);
    const { status, headers, text } = await dyno.get("/?nombre=Ana", { headers: [["User-Agent", "prueba"]] });
    expect([status, text]).toEqual([200, "hola"]);
    expect(headers).toContainEqual(["Server", "gunicorn"]);
    expect(headers).toContainEqual(["Content-Length", "4"]);
    dyno.process.signal("SIGTERM");
    expect(await dyno.exited).toBe(0);
    const stamp = /\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000\] /;
    const accessed =
      /^stdout: 10\.1\.\d+\.\d+ - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \/\?nombre=Ana HTTP\/1\.1" 200 4 "-" "prueba"$/;
    expect(dyno.output.map((line) => (accessed.test(line) ? "access" : line.replace(stamp, "")))).toEqual([
      "stderr: [2] [INFO] Starting gunicorn 26.2.0",
      "stderr: [2] [INFO] Listening at: http://0.0.0.0:41234 (2)",
      "stderr: [2] [INFO] Using worker: sync",
      "stderr: [7] [INFO] Booting worker with pid: 7",
      "access",
      "stderr: [2] [INFO] Handling signal: term",
      "stderr: [7] [INFO] Worker exiting (pid: 7)",
      "stderr: [2] [INFO] Shutting down: Master",
    ]);
    await expect(dyno.get("/")).rejects.toThrow(DynoGone);
  });

  it("serves templates and static files of the slug, forms, sessions, JSON, uploads and errors", async () => {
    const dyno = new TestDyno(runtime, {
      command: "gunicorn 'tienda:create_app()' --bind 0.0.0.0:$PORT",
      files: {
        "tienda/__init__.py": `
from flask import Flask
def create_app():
    app = Flask(__name__)
    app.secret_key = "clave"
    from . import paginas
    app.register_blueprint(paginas.bp)
    @app.errorhandler(404)
    def falta(error):
        return "no está", 404
    return app
`,
        "tienda/paginas.py": `
from flask import Blueprint, flash, get_flashed_messages, jsonify, redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash, generate_password_hash
bp = Blueprint("paginas", __name__)

@bp.get("/")
def inicio():
    return render_template("inicio.html", nombre=session.get("nombre"), avisos=get_flashed_messages())

@bp.post("/entrar")
def entrar():
    session["nombre"] = request.form["nombre"]
    flash("¡Hola!")
    return redirect(url_for("paginas.inicio"))

@bp.get("/datos")
def datos():
    return jsonify(secure=request.is_secure, host=request.host, addr=request.remote_addr[:5], q=request.args["q"])

@bp.get("/claves")
def claves():
    modos = ["scrypt", "pbkdf2:sha256:1000"]
    return [check_password_hash(generate_password_hash("x", m), "x") for m in modos]

@bp.post("/subir")
def subir():
    archivo = request.files["archivo"]
    return f"{archivo.filename} {len(archivo.read())}"
`,
        "tienda/templates/inicio.html":
          "<link href=\"{{ url_for('static', filename='estilo.css') }}\">{{ nombre or 'nadie' }}{% for a in avisos %} {{ a }}{% endfor %}",
        "tienda/static/estilo.css": "body { color: teal }",
      },
    });
    await dyno.up();
    expect((await dyno.get("/")).text).toBe('<link href="/static/estilo.css">nadie');
    const css = await dyno.get("/static/estilo.css");
    expect(css.text).toBe("body { color: teal }");
    expect(Object.fromEntries(css.headers)).toMatchObject({ "Content-Type": "text/css; charset=utf-8" });

    const login = await dyno.get("/entrar", {
      ...FORM({ nombre: "Begoña <b>" }),
      headers: [["Content-Type", "application/x-www-form-urlencoded"]],
    });
    const sent = Object.fromEntries(login.headers);
    expect([login.status, sent.Location]).toEqual([302, "/"]);
    const cookie = String(sent["Set-Cookie"]).split(";")[0] ?? "";
    expect((await dyno.get("/", { headers: [["Cookie", cookie]] })).text).toContain("Begoña &lt;b&gt; ¡Hola!");

    const data = await dyno.get("/datos?q=a%C3%B1o", { headers: [["X-Forwarded-Proto", "https"]] });
    expect(JSON.parse(data.text)).toEqual({ secure: true, host: "mi-app.herokuapp.com", addr: "10.1.", q: "año" });
    expect(JSON.parse((await dyno.get("/claves")).text)).toEqual([true, true]);

    const part = '--limite\r\nContent-Disposition: form-data; name="archivo"; filename="a.bin"\r\n\r\n';
    const upload = await dyno.get("/subir", {
      method: "POST",
      headers: [["Content-Type", "multipart/form-data; boundary=limite"]],
      body: new TextEncoder().encode(`${part}${"x".repeat(300_000)}\r\n--limite--\r\n`),
    });
    expect(upload.text).toBe("a.bin 300000");

    const missing = await dyno.get("/nada");
    expect([missing.status, missing.text]).toEqual([404, "no está"]);
    const head = await dyno.get("/", { method: "HEAD" });
    expect([head.status, head.text]).toEqual([200, ""]);
    dyno.process.signal("SIGKILL");
    expect(await dyno.exited).toBe(137);
  });

  it("hands over a stream as it comes and closes it when nobody reads on", async () => {
    const dyno = new TestDyno(runtime, {
      files: {
        "app.py": `
import time
from flask import Flask, Response
app = Flask(__name__)

@app.get("/corto")
def corto():
    def partes():
        for n in range(3):
            yield f"{n}\\n"
            time.sleep(0.05)
    return Response(partes())

@app.get("/infinito")
def infinito():
    def partes():
        try:
            while True:
                yield b"x" * 10000
        finally:
            print("cerrado")
    return Response(partes())
`,
      },
    });
    await dyno.up();
    const times: number[] = [];
    let text = "";
    for await (const chunk of (await dyno.send("/corto")).body) {
      times.push(performance.now());
      text += new TextDecoder().decode(chunk);
    }
    expect(text).toBe("0\n1\n2\n");
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(60);

    let bytes = 0;
    for await (const chunk of (await dyno.send("/infinito")).body) {
      bytes += chunk.length;
      if (bytes > 5_000_000) break;
    }
    // The worker is free again.
    expect((await dyno.get("/corto")).status).toBe(200);
    expect(dyno.log).toContain("stdout: cerrado");
    dyno.process.signal("SIGKILL");
  });

  it("answers 500 and logs a traceback with a dyno's paths when a view fails", async () => {
    const dyno = new TestDyno(runtime, {
      files: { "app.py": `${HELLO}\n@app.get("/mal")\ndef mal():\n    return 1 / 0\n` },
    });
    await dyno.up();
    const answer = await dyno.get("/mal");
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("Internal Server Error");
    expect(dyno.log).toContain("ERROR in app: Exception on /mal [GET]");
    expect(dyno.log).toContain('stderr:   File "/app/.heroku/python/lib/python3.14/site-packages/flask/app.py", line');
    expect(dyno.log).toContain("stderr:     response = self.full_dispatch_request()");
    expect(dyno.log).toMatch(/stderr: {3}File "\/app\/app\.py", line 11, in mal\nstderr: {5}return 1 \/ 0/);
    expect(dyno.log).toContain("stderr: ZeroDivisionError: division by zero");
    dyno.process.signal("SIGKILL");
  });

  it("answers 500 by itself when a WSGI application raises, and breaks off when it had begun", async () => {
    const dyno = new TestDyno(runtime, {
      requirements: ["gunicorn"],
      files: {
        "app.py": `
def app(environ, start_response):
    if environ["PATH_INFO"] == "/antes":
        raise ValueError("antes")
    start_response("200 OK", [("Content-Type", "text/plain")])
    def body():
        yield b"uno"
        if environ["PATH_INFO"] == "/durante":
            raise ValueError("durante")
    return body()
`,
      },
    });
    await dyno.up();
    expect((await dyno.get("/")).text).toBe("uno");
    const before = await dyno.get("/antes");
    expect([before.status, before.text.includes("<h1><p>Internal Server Error</p></h1>")]).toEqual([500, true]);
    expect(dyno.log).toContain("[7] [ERROR] Error handling request /antes".replace("request /", "request GET /"));
    expect(dyno.log).toContain("ValueError: antes");
    await dyno.get("/durante").catch(() => {});
    expect(dyno.log).toContain("[7] [ERROR] Error handling request");
    expect(dyno.log).toContain("ValueError: durante");
    expect((await dyno.get("/")).text).toBe("uno");
    dyno.process.signal("SIGKILL");
  });
});

describe("what goes wrong at boot", () => {
  const failing = async (files: Record<string, string>, command = "gunicorn app:app", requirements?: string[]) => {
    const dyno = new TestDyno(runtime, { files, command, ...(requirements && { requirements }) });
    const code = await dyno.exited;
    return { code, log: dyno.log };
  };

  it("a module that is not there: 3", async () => {
    const { code, log } = await failing({ "app.py": "import noexiste\n" });
    expect(code).toBe(3);
    expect(log).toContain("[7] [ERROR] Exception in worker process");
    expect(log).toContain('  File "/app/app.py", line 1, in <module>\nstderr:     import noexiste');
    expect(log).toContain("stderr: ModuleNotFoundError: No module named 'noexiste'");
    expect(log).toContain("[2] [ERROR] Worker (pid:7) exited with code 3.");
    expect(log).toContain("[2] [ERROR] Reason: Worker failed to boot.");
  });

  it("a package that the requirements do not name: 3, in a spare that had it loaded as well", async () => {
    const warm = await python({ spare: true });
    await warm.ready;
    const dyno = new TestDyno(warm, { files: { "app.py": HELLO }, requirements: ["gunicorn"] });
    expect(await dyno.exited).toBe(3);
    expect(dyno.log).toContain("ModuleNotFoundError: No module named 'flask'");
    warm.dispose();
    const { code, log } = await failing({ "app.py": HELLO }, undefined, ["gunicorn"]);
    expect(code).toBe(3);
    expect(log).toContain("ModuleNotFoundError: No module named 'flask'");
  });

  it("a callable that is not there: 4", async () => {
    const { code, log } = await failing({ "app.py": HELLO }, "gunicorn app:aplicacion");
    expect(code).toBe(4);
    expect(log).toContain("Failed to find attribute 'aplicacion' in 'app'.");
    expect(log).toContain("[2] [ERROR] Worker (pid:7) exited with code 4.");
    expect(log).toContain("[2] [ERROR] Reason: App failed to load.");
  });

  it("gunicorn itself is not installed: 127", async () => {
    expect(await failing({ "app.py": HELLO }, undefined, ["flask"])).toEqual({
      code: 127,
      log: "stderr: bash: line 1: gunicorn: command not found",
    });
  });

  it("a syntax error: 3", async () => {
    const { code, log } = await failing({ "app.py": "def f(:\n" });
    expect(code).toBe(3);
    expect(log).toContain("SyntaxError: invalid syntax");
  });

  it("a wrong option: 2", async () => {
    const { code, log } = await failing({ "app.py": HELLO }, "gunicorn --trabajadores 3 app:app");
    expect(code).toBe(2);
    expect(log).toContain("gunicorn: error: unrecognized arguments: --trabajadores");
  });
});

describe("a view that never ends", () => {
  const STUCK = `${HELLO}\n@app.get("/siempre")\ndef siempre():\n    while True: pass\n`;

  it("holds its dyno until it is killed; a new one answers", async () => {
    const dyno = new TestDyno(runtime, { files: { "app.py": STUCK } });
    await dyno.up();
    const answer = dyno.get("/siempre");
    dyno.process.signal("SIGTERM");
    dyno.process.signal("SIGKILL");
    expect(await dyno.exited).toBe(137);
    await expect(answer).rejects.toThrow(DynoGone);
    const next = new TestDyno(runtime, { files: { "app.py": STUCK } });
    await next.up();
    expect((await next.get("/")).text).toBe("hola");
    next.process.signal("SIGKILL");
  });

  it("is ended by gunicorn's master after --timeout, and the next worker answers", async () => {
    const dyno = new TestDyno(runtime, { files: { "app.py": STUCK }, command: "gunicorn --timeout 1 app:app" });
    await dyno.up();
    const answer = await dyno.get("/siempre");
    expect(answer.status).toBe(500);
    expect((await dyno.get("/")).text).toBe("hola");
    expect(dyno.log).toContain("[2] [CRITICAL] WORKER TIMEOUT (pid:7)");
    expect(dyno.log).toContain("[7] [ERROR] Error handling request GET /siempre");
    expect(dyno.log).toContain("[8] [INFO] Booting worker with pid: 8");
    expect(dyno.log.match(/Starting gunicorn/g)).toHaveLength(1);
    dyno.process.signal("SIGTERM");
    expect(await dyno.exited).toBe(0);
    expect(dyno.log).toContain("[8] [INFO] Worker exiting (pid: 8)");
  });
});

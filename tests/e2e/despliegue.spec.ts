/** The main job, by keyboard: a learner's own application, from nothing to a rollback, and still there after a reload. */

import { expect, test } from "@playwright/test";
import { Taller } from "./taller";

const APP = `import os
from flask import Flask, request

app = Flask(__name__)
visits = 0


@app.route("/")
def index():
    global visits
    visits += 1
    return f"<p>{os.environ.get('SALUDO', 'Hola de Ana')}</p><p>Visita {visits} en {os.environ['DYNO']}</p>"
`;

test("create, write, push, open, logs, config, scale, rollback, reload", async ({ page }) => {
  const taller = await Taller.open(page);

  await taller.run("git init");
  expect(await taller.run("heroku create hola-ana")).toContain("https://git.heroku.com/hola-ana.git");

  await taller.write("app.py", APP);
  expect(await taller.run("grep -c 'Hola de Ana' app.py")).toBe("1");
  await taller.run("printf 'Flask\\ngunicorn\\n' > requirements.txt");
  await taller.run("echo 'web: gunicorn app:app' > Procfile");
  await taller.run("git add .");
  expect(await taller.run("git commit -m 'Primera versión'")).toContain("root-commit");
  const push = await taller.run("git push heroku main", 60_000);
  expect(push).toContain("Released v3");
  expect(push).toMatch(/\[new branch\]\s+main -> main/);

  expect(await taller.run("heroku open")).toContain("Opening https://hola-ana-");
  await expect(taller.preview.getByText("Hola de Ana")).toBeVisible();
  const logs = (await taller.run("heroku logs")).replaceAll("\n", "");
  expect(logs).toMatch(/heroku\[router\]: at=info method=GET path="\/"/);

  await taller.run("heroku config:set SALUDO='Hola desde la configuración'");
  await expect(taller.preview.getByText("Hola desde la configuración")).toBeVisible();

  expect(await taller.run("heroku ps:scale web=2")).toContain(
    "Cannot update to more than 1 Basic size dynos per process type",
  );
  expect(await taller.run("heroku ps:scale web=2:standard-1x")).toContain("now running web at 2:Standard-1X");
  await expect.poll(async () => ((await taller.run("heroku ps")).match(/^web\.\d: up/gm) ?? []).length).toBe(2);
  // The counter lives in each dyno's memory: both dynos start at 1.
  const counts = new Map<string, number>();
  let answers = 0;
  const reload = page.getByRole("region", { name: "Vista previa" }).getByRole("button", { name: "Recargar" });
  await expect
    .poll(async () => {
      const answered = page.waitForResponse((response) => response.url().endsWith("/_app/desplegar-flask/hola-ana/"));
      await reload.click();
      const [, visit = "", dyno = ""] = /Visita (\d+) en (web\.\d)/.exec(await (await answered).text()) ?? [];
      counts.set(dyno, Number(visit));
      answers += 1;
      return answers >= 8 && counts.size === 2;
    })
    .toBe(true);
  // With one memory for both, the counter would have passed the number of answers.
  expect(Math.max(...counts.values())).toBeLessThan(answers);

  expect(await taller.run("heroku rollback v3")).toContain("Rolling back");
  await expect(taller.preview.getByText("Hola de Ana")).toBeVisible();

  await page.reload();
  await taller.start();
  expect(await taller.run("cat requirements.txt")).toContain("gunicorn");
  expect(await taller.run("git log --oneline")).toContain("Primera versión");
  expect(await taller.run("heroku releases")).toContain("Rollback to v3");
  await taller.run("heroku open");
  await expect(taller.preview.getByText("Hola de Ana")).toBeVisible();
});

test("an application written in the terminal: blueprint, template, static file, session, form, JSON, error page", async ({
  page,
}) => {
  const taller = await Taller.open(page);
  const paste = async (text: string) => {
    await taller.paste(text);
    await expect.poll(() => taller.lastRow()).toMatch(/\$$/);
  };
  await paste(`cat > app.py <<'EOF'
from flask import Flask, Blueprint, render_template, request, session, redirect, url_for, jsonify, flash
app = Flask(__name__)
app.secret_key = "clave"
tienda = Blueprint("tienda", __name__, url_prefix="/tienda")

@tienda.route("/", methods=["GET", "POST"])
def cesta():
    if request.method == "POST":
        session["cesta"] = session.get("cesta", []) + [request.form["fruta"]]
        flash("Añadida: " + request.form["fruta"])
        return redirect(url_for("tienda.cesta"))
    return render_template("cesta.html", frutas=session.get("cesta", []))

@app.route("/api/frutas", methods=["POST"])
def api():
    return jsonify(recibido=request.get_json()), 201

@app.errorhandler(404)
def perdido(error):
    return "<h1>Aquí no hay fruta</h1>", 404

app.register_blueprint(tienda)
EOF
`);
  await taller.run("mkdir -p templates static");
  await paste(`cat > templates/cesta.html <<'EOF'
<!doctype html>
<link rel="stylesheet" href="{{ url_for('static', filename='estilo.css') }}">
{% for aviso in get_flashed_messages() %}<p role="status">{{ aviso }}</p>{% endfor %}
<ul>{% for fruta in frutas %}<li>{{ fruta }}</li>{% endfor %}</ul>
<form method="post"><label>Fruta <input name="fruta"></label><button>Añadir</button></form>
<a href="/no-existe">Otra página</a>
EOF
`);
  await taller.run("echo 'li { color: rgb(1, 2, 3) }' > static/estilo.css");
  await taller.run("printf 'flask\\ngunicorn\\n' > requirements.txt && echo 'web: gunicorn app:app' > Procfile");
  await taller.run("git init && git add . && git commit -m Frutas && heroku create fruteria");
  expect(await taller.run("git push heroku main", 60_000)).toContain("Released v3");
  await taller.run("heroku open /tienda/");

  await taller.preview.getByLabel("Fruta").fill("kiwi");
  await taller.preview.getByRole("button", { name: "Añadir" }).click();
  await expect(taller.preview.getByRole("status")).toHaveText("Añadida: kiwi");
  await taller.preview.getByLabel("Fruta").fill("mango");
  await taller.preview.getByRole("button", { name: "Añadir" }).click();
  await expect(taller.preview.getByRole("listitem")).toHaveText(["kiwi", "mango"]);
  await expect(taller.preview.getByRole("listitem").first()).toHaveCSS("color", "rgb(1, 2, 3)");

  const frame = page.frames().find((candidate) => candidate.url().includes("/_app/"));
  const answer = await frame?.evaluate(async () => {
    const response = await fetch("/api/frutas", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ fruta: "piña" }),
    });
    return { status: response.status, body: await response.json() };
  });
  expect(answer).toEqual({ status: 201, body: { recibido: { fruta: "piña" } } });

  await taller.preview.getByRole("link", { name: "Otra página" }).click();
  await expect(taller.preview.getByRole("heading", { name: "Aquí no hay fruta" })).toBeVisible();
  const logs = (await taller.run("heroku logs -n 3")).replaceAll("\n", "");
  expect(logs).toMatch(/path="\/no-existe".* status=404/);
});

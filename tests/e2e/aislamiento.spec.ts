/** The learner's code is foreign code: what it may not reach, and what it may not stop. */

import { expect, test } from "@playwright/test";
import { Taller } from "./taller";

const DEPLOY =
  "printf 'flask\\ngunicorn\\n' > requirements.txt && echo 'web: gunicorn app:app' > Procfile && git init && git add . && git commit -m Prueba && heroku create";

test("neither the learner's Python nor the learner's page reads the site", async ({ page, context }) => {
  const taller = await Taller.open(page);
  await page.evaluate(() => localStorage.setItem("secreto", "del sitio"));
  await taller.write(
    "app.py",
    `import json
from flask import Flask
app = Flask(__name__)

def attempt(read):
    try:
        return str(read())
    except BaseException as error:
        return type(error).__name__

@app.route("/")
def index():
    import js
    found = {
        "localStorage": attempt(lambda: js.localStorage.getItem("secreto")),
        "document": attempt(lambda: js.document.title),
        "parent": attempt(lambda: js.parent.document.title),
        "origin": attempt(lambda: js.location.origin),
    }
    return """<!doctype html><title>App</title><pre id=python>%s</pre><pre id=page></pre><script>
      const tries = {
        parentDocument: () => parent.document.title,
        parentStorage: () => parent.localStorage.getItem("secreto"),
        ownStorage: () => localStorage.getItem("secreto"),
        topDocument: () => top.document.body.innerHTML,
      };
      const found = { origin: location.origin };
      for (const [name, read] of Object.entries(tries)) { try { found[name] = read(); } catch (error) { found[name] = error.name; } }
      indexedDB.databases().then((all) => { found.databases = all.map(({ name }) => name); document.querySelector("#page").textContent = JSON.stringify(found); });
    </script>""" % json.dumps(found)
`,
  );
  await taller.run(`${DEPLOY} aislada`);
  await taller.run("git push heroku main", 60_000);
  await taller.run("heroku open");

  const read = async (id: string) => JSON.parse(await taller.preview.locator(id).innerText());
  await expect(taller.preview.locator("#page")).not.toBeEmpty();
  const [python, script] = [await read("#python"), await read("#page")];
  const site = new URL(page.url()).origin;
  expect(python.origin).not.toBe(site);
  expect(script.origin).not.toBe(site);
  for (const [name, value] of Object.entries({ ...python, ...script })) {
    if (name === "origin" || name === "databases") continue;
    expect(String(value), name).not.toContain("del sitio");
    expect(String(value), name).toMatch(/Error|None|^null$/);
  }
  expect(script.parentDocument).toBe("SecurityError");
  expect(script.parentStorage).toBe("SecurityError");
  expect(script.ownStorage).toBeNull();

  // IndexedDB of the site's origin holds nothing of the sandbox's, and the other way round.
  const own = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(own.filter((name) => script.databases.includes(name))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});

test("an endless loop in a view stops nothing but its dyno, and ps:restart recovers it", async ({ page }) => {
  const taller = await Taller.open(page);
  await taller.write(
    "app.py",
    'from flask import Flask\napp = Flask(__name__)\n\n@app.route("/")\ndef index():\n    return "viva"\n\n@app.route("/bucle")\ndef bucle():\n    while True:\n        pass\n',
  );
  await taller.run(`${DEPLOY} bucle`);
  await taller.run("git push heroku main", 60_000);
  await page.getByLabel("Reloj de la plataforma").selectOption({ label: "×60" });
  await taller.run("heroku open /bucle");
  await expect
    .poll(async () => (await taller.run("heroku logs -n 20")).replaceAll("\n", ""))
    .toMatch(/code=H12 desc="Request timeout"/);
  expect(await taller.run("echo la terminal responde")).toBe("la terminal responde");
  await page.getByLabel("Reloj de la plataforma").selectOption({ label: "×1" });
  await taller.run("heroku ps:restart");
  await expect.poll(() => taller.run("heroku ps"), { timeout: 60_000 }).toContain("web.1: up");
  await taller.run("heroku open");
  await expect(taller.preview.getByText("viva")).toBeVisible();
});

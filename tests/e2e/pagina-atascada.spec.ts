/** A learner's page that never gives its thread back. */

import { expect, test } from "@playwright/test";
import { Taller } from "./taller";

// A trace takes a picture of every frame before each action, and this frame never answers.
test.use({ trace: "off" });

const DEPLOY =
  "printf 'flask\\ngunicorn\\n' > requirements.txt && echo 'web: gunicorn app:app' > Procfile && git init && git add . && git commit -m Prueba && heroku create";

test("an endless loop in the learner's page leaves the terminal and Ctrl-C alive", async ({ page }) => {
  const taller = await Taller.open(page);
  await taller.write(
    "app.py",
    'from flask import Flask\napp = Flask(__name__)\n\n@app.route("/")\ndef index():\n    return "<p>Antes</p><script>setTimeout(() => { while (true) {} }, 300)</script>"\n',
  );
  await taller.run(`${DEPLOY} atascada`);
  await taller.run("git push heroku main", 60_000);
  await taller.run("heroku open");
  await expect(page.getByRole("textbox", { name: "Terminal" })).toBeVisible();
  await expect.poll(async () => (await taller.run("heroku logs -n 5")).replaceAll("\n", "")).toContain("status=200");
  expect(await taller.run("echo sigo aquí")).toBe("sigo aquí");
  await taller.terminal.focus();
  await page.keyboard.type("while true; do :; done");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+c");
  await expect.poll(() => taller.lastRow()).toMatch(/\$$/);
  // A dyno can be made while that page is stuck.
  expect(await taller.run("heroku ps:restart")).toContain("done");
  await expect.poll(() => taller.run("heroku ps")).toContain("web.1: up");
});

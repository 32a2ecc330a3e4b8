/** What is kept, and what happens when it cannot be read. */

import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { serveSandbox, serveSite } from "../../tools/serve.mjs";
import { Taller } from "./taller";

test("work of an unknown version is handed over as a file, and the exercise starts anew", async ({ page }) => {
  const taller = await Taller.open(page);
  await taller.run("echo irrepetible > apuntes.txt");
  const frame = page.frames().find((candidate) => candidate.url().includes("/frame.html"));
  await frame?.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("despliega:desplegar-flask");
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction("values", "readwrite");
          transaction.objectStore("values").put(99, "version");
          transaction.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  await taller.start();
  await expect(page.getByText("es de otra versión del taller")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /despliega-desplegar-flask\.json|Descargar/ }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toContain("irrepetible");
  expect(await taller.run("ls")).not.toContain("apuntes.txt");
});

test("a new build of the sandbox under an open exercise does not break it", async ({ browser }) => {
  const root = mkdtempSync(join(tmpdir(), "despliega-"));
  for (const folder of ["dist", "dist-sandbox"]) {
    cpSync(join(import.meta.dirname, "../..", folder), join(root, folder), { recursive: true });
  }
  const port = Number(new URL(test.info().project.use.baseURL ?? "").port) + 20;
  const servers = [await serveSite(root, port), await serveSandbox(root, port + 1)];
  const context = await browser.newContext({
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 800 },
  });
  try {
    const page = await context.newPage();
    const taller = await Taller.open(page);

    // The deployment: every hashed file has another name, and the service worker is another one.
    const assets = join(root, "dist-sandbox", "assets");
    for (const name of readdirSync(assets)) renameSync(join(assets, name), join(assets, `nuevo-${name}`));
    appendFileSync(join(root, "dist-sandbox", "sw.js"), "\n// another build\n");
    const frame = page.frames().find((candidate) => candidate.url().includes("/frame.html"));
    await frame?.evaluate(async () => (await navigator.serviceWorker.ready).update());

    // A part of the shell that is loaded on first use, a new dyno worker, and a preview.
    expect(await taller.run("printf 'b\\na\\n' | sort | tr ab xy")).toBe("x\ny");
    await taller.run("echo gunicorn >> requirements.txt; echo 'web: gunicorn app:app' > Procfile");
    await taller.run("git init && git add . && git commit -qm uno && heroku create mudanza");
    expect(await taller.run("git push heroku main", 60_000)).toContain("Released v3");
    await taller.run("heroku open");
    await expect(taller.preview.getByRole("heading", { name: "Hola, mundo" })).toBeVisible();
    await taller.run("heroku ps:restart");
    await expect.poll(() => taller.run("heroku ps")).toContain("web.1: up");
  } finally {
    await context.close();
    await Promise.all(servers.map((server) => server.close()));
    rmSync(root, { recursive: true, force: true });
  }
});

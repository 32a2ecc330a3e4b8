/** `npm run capturas`: every page type at both widths in both themes, in `capturas/`, to be looked at. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { serveSandbox, serveSite } from "./serve.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "capturas");
const port = 4361;

const PAGES = [
  { name: "inicio", path: "/" },
  { name: "leccion", path: "/lecciones/desplegar-flask/" },
  { name: "ejercicio", path: "/ejercicios/desplegar-flask/" },
  { name: "taller", path: "/ejercicios/desplegar-flask/", prepare: openWorkbench },
  { name: "404", path: "/no-existe/" },
];

/** Deploys the exercise's start as far as a first page, so that every pane has something in it. */
async function openWorkbench(page) {
  await page.getByRole("button", { name: "Abrir el taller" }).click();
  const rows = page.locator(".xterm-rows");
  const prompt = async () => (await rows.innerText()).replaceAll("\u00a0", " ").trimEnd().endsWith("$");
  const line = async (text) => {
    await page.getByRole("textbox", { name: "Terminal" }).focus();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() =>
      document.querySelector(".xterm-rows")?.textContent?.replaceAll("\u00a0", " ").trimEnd().endsWith("$"),
    );
  };
  const tab = page.getByRole("tab", { name: "Terminal" });
  // On a phone the terminal is one pane of several.
  await page.getByRole("textbox", { name: "Terminal" }).or(tab).first().waitFor({ state: "attached" });
  if (await tab.isVisible()) await tab.click();
  await page.waitForFunction(() => document.querySelector(".xterm-rows")?.textContent?.includes("$"));
  if (!(await prompt())) throw new Error("no prompt");
  await line("git init");
  await line("echo gunicorn >> requirements.txt; echo 'web: gunicorn app:app' > Procfile");
  await line("git add . && git commit -m 'Primera versión'");
  await line("heroku create hola-flask");
  await line("git push heroku main");
  await page.getByRole("textbox", { name: "Terminal" }).focus();
  await page.keyboard.type("heroku open\n");
  await page.frameLocator('iframe[title="Vista previa"]').locator("body").waitFor();
  if (await tab.isVisible()) await tab.click();
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build();
const servers = [await serveSite(root, port), await serveSandbox(root, port + 1)];
const browser = await chromium.launch({
  executablePath: findChromium()?.executablePath,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const { name, path, prepare } of PAGES) {
        const context = await browser.newContext({
          viewport: { width, height: width === 390 ? 844 : 800 },
          colorScheme,
          locale: "es-ES",
          reducedMotion: "reduce",
        });
        const page = await context.newPage();
        await page.goto(`http://localhost:${port}${path}`);
        await prepare?.(page);
        const file = join(folder, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: !prepare });
        console.log(file.slice(root.length));
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await Promise.all(servers.map((server) => server.close()));
}

/** `npm run bench`: what it costs, measured in real Chromium. Prints a table; exits with 1 where a bar is missed. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { build } from "../../tools/build.mjs";
import { findChromium } from "../../tools/chromium.mjs";
import { serveSandbox, serveSite } from "../../tools/serve.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const port = 4371;
const EXERCISE = `http://localhost:${port}/ejercicios/desplegar-flask/`;
const WORKSPACE = "desplegar-flask";
const RUNS = 5;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const brotli = (data) =>
  brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } })
    .byteLength;

const gzip = (data) => gzipSync(data, { level: 9 }).byteLength;

const rows = [];
/** @param {number} value measured; `bar` undefined means "only reported" */
function report(what, value, unit, bar, better = "≤") {
  const ok = bar === undefined || (better === "≤" ? value <= bar : value >= bar);
  const text = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  rows.push({ what, measured: `${text} ${unit}`, bar: bar === undefined ? "" : `${better} ${bar} ${unit}`, ok });
}

// ---- browser ----

function launch() {
  return chromium.launch({
    executablePath: findChromium()?.executablePath,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

/** In the page: the last row of the terminal is a prompt, with more than `rows` rows above it. */
const atPrompt = (rows = 0) => {
  const shown = [...document.querySelectorAll(".xterm-rows > div")]
    .map((row) => (row.textContent ?? "").replaceAll("\u00a0", " ").trimEnd())
    .filter((text) => text !== "");
  return shown.length > rows && (shown.at(-1) ?? "").endsWith("$");
};

async function openWorkbench(page) {
  await page.goto(EXERCISE);
  await page.waitForLoadState("networkidle");
  const started = await page.evaluate(() => performance.now());
  await page.getByRole("button", { name: "Abrir el taller" }).click();
  await page.waitForFunction(atPrompt, 0, { polling: "raf", timeout: 60_000 });
  return (await page.evaluate(() => performance.now())) - started;
}

function paste(page, text) {
  return page.getByRole("textbox", { name: "Terminal" }).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

async function run(page, line) {
  await page.getByRole("textbox", { name: "Terminal" }).focus();
  await page.keyboard.press("Control+l");
  await paste(page, line);
  await page.keyboard.press("Enter");
  await page.waitForFunction(atPrompt, 1, { polling: "raf", timeout: 60_000 });
}

/** The sandbox's own frame: its requests go through the service worker, and no new release reloads it. */
function sandboxFrame(page) {
  const frame = page.frames().find((each) => each.url().includes("/frame.html"));
  if (!frame) throw new Error("the sandbox's frame is gone");
  return frame;
}

async function openPreview(page, app) {
  await run(page, `heroku open --app ${app}`);
  await page.frameLocator('iframe[title="Vista previa"]').locator("body").waitFor();
}

/** Milliseconds from Enter on `git push` to the first answer of the pushed code. */
async function pushToAnswer(page, frame, app, mark) {
  await run(page, `sed -i "s/^MARCA = .*/MARCA = '${mark}'/" app.py; git commit -aqm ${mark}`);
  const answered = frame.evaluate(
    async ({ url, mark }) => {
      for (;;) {
        const text = await (await fetch(url)).text();
        if (text.includes(mark)) return performance.timeOrigin + performance.now();
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    { url: `/_app/${WORKSPACE}/${app}/`, mark },
  );
  await page.getByRole("textbox", { name: "Terminal" }).focus();
  await paste(page, "git push heroku main");
  const entered = await page.evaluate(() => performance.timeOrigin + performance.now());
  await page.keyboard.press("Enter");
  const first = await answered;
  await page.waitForFunction(atPrompt, 0);
  return first - entered;
}

/** Latencies of `count` sequential fetches, ms. */
function sequential(frame, url, count) {
  return frame.evaluate(
    async ({ url, count }) => {
      const times = [];
      for (let index = 0; index < count; index++) {
        const start = performance.now();
        await (await fetch(url)).arrayBuffer();
        times.push(performance.now() - start);
      }
      return times;
    },
    { url, count },
  );
}

function requestsPerSecond(frame, url, count, parallel) {
  return frame.evaluate(
    async ({ url, count, parallel }) => {
      const start = performance.now();
      let left = count;
      const work = async () => {
        while (left-- > 0) await (await fetch(url)).arrayBuffer();
      };
      await Promise.all(Array.from({ length: parallel }, work));
      return (count * 1000) / (performance.now() - start);
    },
    { url, count, parallel },
  );
}

/** Proportional set size of a process and all below it, MiB (Linux). */
function processTreeMemory(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const below = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of parents) {
      if (below.has(parent) && !below.has(child)) {
        below.add(child);
        grown = true;
      }
    }
  }
  let kib = 0;
  for (const each of below) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return kib / 1024;
}

/** Finds the browser's own process: the newest child of this one. */
function browserProcess() {
  for (const name of readdirSync("/proc")
    .filter((each) => /^\d+$/.test(each))
    .sort((a, b) => Number(b) - Number(a))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === process.pid && /chrom/.test(stat))
        return Number(name);
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error("the browser's process was not found");
}

/** A one-page application whose text is the constant MARCA. */
async function deployApp(page, app) {
  await run(page, "git init");
  await run(
    page,
    `printf "import os\\nfrom flask import Flask\\nMARCA = 'cero'\\napp = Flask(__name__)\\n@app.route('/')\\ndef index():\\n    return MARCA\\n" > app.py`,
  );
  await run(page, "printf 'flask\\ngunicorn\\n' > requirements.txt; echo 'web: gunicorn app:app' > Procfile");
  await run(page, `git add . && git commit -qm cero && heroku create ${app} && git push heroku main`);
}

// ---- measurements ----

/** Files that were asked of each server since `heard.clear()`. */
const heard = {
  site: new Set(),
  sandbox: new Set(),
  clear: () => [heard.site, heard.sandbox].map((paths) => paths.clear()),
};

async function measureWeights() {
  const browser = await launch();
  const page = await (await browser.newContext()).newPage();
  await page.goto(EXERCISE);
  await page.waitForLoadState("networkidle");
  heard.clear();
  await page.getByRole("button", { name: "Abrir el taller" }).click();
  await page.waitForFunction(atPrompt, 0, { timeout: 60_000 });
  // Deploying needs all of Python that a first visit loads.
  await deployApp(page, "peso");
  const kept = JSON.parse(readFileSync(join(root, "dist-sandbox", "build.json"), "utf8")).assets;
  const lazy = kept.filter((path) => path.includes("/browser-"));
  const file = (folder, path) => readFileSync(join(root, folder, path));
  const sum = (folder, paths, size) => paths.reduce((total, path) => total + size(file(folder, path)), 0);
  const real = (path) => path.includes(".");
  const python = [...heard.sandbox].filter((path) => path.startsWith("/python/"));
  const engine = [...heard.sandbox].filter(
    (path) => real(path) && !path.startsWith("/python/") && !lazy.includes(path),
  );
  report("first visit, Python (brotli)", sum("dist-sandbox", python, brotli) / 1e6, "MB", 5.5);
  report(
    "first visit, workbench and engine (gzip)",
    (sum("dist", [...heard.site].filter(real), gzip) + sum("dist-sandbox", engine, gzip)) / 1024,
    "KiB",
    600,
  );
  report("just-bash, kept in the background (gzip)", sum("dist-sandbox", lazy, gzip) / 1024, "KiB");
  await browser.close();
}

async function measureWork() {
  const browser = await launch();
  const page = await (await browser.newContext()).newPage();
  await openWorkbench(page);
  const prompts = [];
  for (let index = 0; index < RUNS; index++) prompts.push(await openWorkbench(page));
  report("prompt usable, warm (median of 5)", median(prompts), "ms", 1000);

  await deployApp(page, "medida");
  const frame = sandboxFrame(page);
  const url = `/_app/${WORKSPACE}/medida/`;
  await frame.evaluate(async (url) => (await fetch(url)).text(), url);

  const withSpare = [];
  for (let index = 0; index < RUNS; index++) {
    // Long enough for the runtime to have a spare again.
    await page.waitForTimeout(4000);
    withSpare.push(await pushToAnswer(page, frame, "medida", `spare${index}`));
  }
  report("git push to first answer, spare waiting (median of 5)", median(withSpare), "ms", 300);
  await sequential(frame, url, 50);
  const [flask, empty] = [await sequential(frame, url, 300), await sequential(frame, `${url}_despliega/vista.js`, 300)];
  report("request through service worker, router and Flask, p50", median(flask), "ms");
  report("empty round trip through the service worker, p50", median(empty), "ms");
  report("ratio of the two", median(flask) / median(empty), "×", 3);
  report("requests per second, 8 at a time", await requestsPerSecond(frame, url, 1000, 8), "1/s", 200, "≥");
  await browser.close();
}

/** The same pushes when no started Python waits: the frame is told to keep none. */
async function measureWithoutSpare() {
  const browser = await launch();
  const page = await (await browser.newContext()).newPage();
  await page.route(/\/frame\.html\?workspace=[^&]+$/, (route) =>
    route.fulfill({ status: 302, headers: { location: `${route.request().url()}&repuesto=no` } }),
  );
  await openWorkbench(page);
  await deployApp(page, "sinrepuesto");
  const frame = sandboxFrame(page);
  const without = [];
  for (let index = 0; index < RUNS; index++)
    without.push(await pushToAnswer(page, frame, "sinrepuesto", `cold${index}`));
  report("git push to first answer, no spare (median of 5)", median(without), "ms", 1000);
  await browser.close();
}

async function measureMemory() {
  const blank = await launch();
  const blankPage = await blank.newPage();
  await blankPage.goto("about:blank");
  const base = processTreeMemory(browserProcess());
  await blank.close();

  const browser = await launch();
  const page = await (await browser.newContext()).newPage();
  await openWorkbench(page);
  await run(page, "git init; printf 'flask\\ngunicorn\\n' > requirements.txt; echo 'web: gunicorn app:app' > Procfile");
  await run(page, "git add . && git commit -qm cero && heroku create memoria && git push heroku main");
  await run(page, "heroku ps:scale web=2:standard-1x");
  await openPreview(page, "memoria");
  for (;;) {
    await run(page, "heroku ps");
    const text = await page.locator(".xterm-rows").innerText();
    if ((text.match(/web\.\d: up/g) ?? []).length === 2) break;
  }
  await page.waitForTimeout(4000);
  report("memory, two dynos and a spare, less a blank page", processTreeMemory(browserProcess()) - base, "MiB", 400);
  await browser.close();
}

await build();
const servers = [
  await serveSite(root, port, (path) => heard.site.add(path)),
  await serveSandbox(root, port + 1, (path) => heard.sandbox.add(path)),
];
try {
  await measureWeights();
  await measureWork();
  await measureWithoutSpare();
  if (process.platform === "linux") await measureMemory();
} finally {
  await Promise.all(servers.map((server) => server.close()));
}
const width = (key) => Math.max(...rows.map((row) => row[key].length));
for (const row of rows) {
  console.log(
    `${row.ok ? "  " : "✖ "}${row.what.padEnd(width("what"))}  ${row.measured.padStart(width("measured"))}  ${row.bar}`,
  );
}
process.exitCode = rows.every((row) => row.ok) ? 0 : 1;

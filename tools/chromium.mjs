/** Finds or installs the Chromium of the tests. Plain JS for Node 20. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** Where Playwright keeps its own browsers. */
function playwrightFolder() {
  if (process.env.PLAYWRIGHT_BROWSERS_PATH) return process.env.PLAYWRIGHT_BROWSERS_PATH;
  if (process.platform === "darwin") return `${homedir()}/Library/Caches/ms-playwright`;
  if (process.platform === "win32") return `${process.env.LOCALAPPDATA}/ms-playwright`;
  return `${homedir()}/.cache/ms-playwright`;
}

/**
 * The browser to use.
 * @returns {{executablePath: string | undefined} | undefined} executablePath undefined means Playwright's own.
 */
export function findChromium() {
  const path = process.env.CHROMIUM ?? SYSTEM.find((candidate) => existsSync(candidate));
  if (path) return { executablePath: path };
  const folder = playwrightFolder();
  const own = existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("chromium"));
  return own ? { executablePath: undefined } : undefined;
}

/** @returns {string | undefined} a sentence that says what went wrong and what to do */
export function installChromium(root) {
  const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;
  const debian = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  if (debian) run("apt-get", ["update", "-qq"]) && run("apt-get", ["install", "-y", "-qq", "chromium"]);
  else run("npx", ["playwright", "install", "chromium"]);
  if (findChromium()) return undefined;
  return "No se pudo instalar un Chromium para las pruebas: instálalo a mano (en Debian, «apt-get install chromium») o di dónde está con CHROMIUM=/ruta.";
}

/**
 * What `npm start`, `npm test` and `npm run dev` do first: check the ground, install what is missing.
 * Plain JS for Node 20: it runs before the project's own Node is there.
 *
 * `--browser` also looks for a Chromium, and installs one when there is none.
 */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findChromium, installChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Ends the set-up with one sentence that says what to do. */
function stop(sentence) {
  console.error(`\n✖ ${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(
      `Despliega necesita Node 20.19 o posterior y este es ${process.version}: instala uno reciente desde https://nodejs.org.`,
    );
  }
}

function installDependencies() {
  const installed = `${root}node_modules/.package-lock.json`;
  const lock = `${root}package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Instalando las dependencias (solo la primera vez)…");
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, "ci"]] : ["npm", ["ci"]];
  const result = spawnSync(command, [...args, "--include=dev", "--loglevel=error"], { cwd: root, stdio: "inherit" });
  if (result.status !== 0) {
    stop(
      "No se pudieron instalar las dependencias: comprueba la conexión con el registro de npm y vuelve a intentarlo.",
    );
  }
}

function prepareBrowser() {
  if (findChromium()) return;
  console.log("No hay ningún Chromium para las pruebas; instalando uno…");
  const problem = installChromium(root);
  if (problem) stop(problem);
}

checkNode();
installDependencies();
if (process.argv.includes("--browser")) prepareBrowser();

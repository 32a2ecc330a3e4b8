/**
 * Fetches with pip what the simulated package index offers: pure wheels at exact versions and hashes, and MarkupSafe's
 * sources. Plain JS for Node 20. Works offline once done. Without pip or index the site still builds, and says what is
 * missing: `.cache/python/missing.json`.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Milliseconds that a step of pip may take. */
const PIP_DEADLINE = 300_000;

function run(command, args) {
  return spawnSync(command, args, { encoding: "utf8", timeout: PIP_DEADLINE, maxBuffer: 64 * 1024 * 1024 });
}

/** The first Python 3 that has pip, or what is missing. */
function findPython() {
  let python;
  for (const command of ["python3", "python", "py"]) {
    const result = run(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]);
    if (result.status !== 0) continue;
    python ??= command;
    if (run(command, ["-m", "pip", "--version"]).status === 0) return { command };
  }
  return {
    reason: python
      ? "Falta pip, con el que se descargan Flask y sus compañeros: instálalo (en Debian, «apt-get install python3-pip») y vuelve a construir."
      : "Falta Python 3 con pip, con el que se descargan Flask y sus compañeros: instálalo (en Debian, «apt-get install python3 python3-pip») y vuelve a construir.",
  };
}

/** The line of pip's standard error that says why. */
function lastError(text) {
  const lines = text.split("\n").filter((line) => /^ERROR/.test(line.trim()));
  return (lines.at(-1) ?? text.trim().split("\n").at(-1) ?? "").trim();
}

/**
 * @param {{root: string, log: (line: string) => void}} options
 * @returns {Promise<{status: "ready"} | {status: "missing", reason: string}>} `reason` in Spanish, with the remedy
 */
export async function fetchPythonPackages({ root, log }) {
  const cache = join(root, ".cache", "python");
  const wheels = join(cache, "wheels");
  const missing = join(cache, "missing.json");
  const stamp = join(cache, "packages.stamp");
  const requirements = join(root, "tools", "python-packages.txt");
  const markupsafe = join(root, "tools", "markupsafe.json");
  const reader = join(root, "tools", "python-wheels.py");

  const hash = createHash("sha256");
  for (const path of [requirements, markupsafe, reader]) hash.update(readFileSync(path)).update("\0");
  const inputs = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs && existsSync(join(cache, "packages.json"))) {
    rmSync(missing, { force: true });
    return { status: "ready" };
  }

  const giveUp = (reason) => {
    mkdirSync(cache, { recursive: true });
    rmSync(stamp, { force: true });
    writeFileSync(missing, JSON.stringify({ reason }, null, 2));
    log(`⚠ ${reason}`);
    return /** @type {const} */ ({ status: "missing", reason });
  };

  const python = findPython();
  if (!python.command) return giveUp(python.reason);
  log("Descargando Flask y sus compañeros con pip…");
  rmSync(wheels, { recursive: true, force: true });
  rmSync(join(cache, "markupsafe"), { recursive: true, force: true });
  mkdirSync(wheels, { recursive: true });
  const download = (args) =>
    run(python.command, [
      ..."-m pip download --no-deps --only-binary=:all: --retries 1 --timeout 30 --quiet --disable-pip-version-check -d".split(
        " ",
      ),
      wheels,
      ...args,
    ]);
  const { version } = JSON.parse(readFileSync(markupsafe, "utf8"));
  for (const args of [["--require-hashes", "-r", requirements], [`markupsafe==${version}`]]) {
    const result = download(args);
    if (result.status !== 0) {
      return giveUp(
        `pip no pudo descargar los paquetes de Python: comprueba la conexión con el índice y vuelve a construir (${lastError(result.stderr || String(result.error ?? ""))}).`,
      );
    }
  }
  const described = run(python.command, [reader, wheels, markupsafe, cache]);
  if (described.status !== 0) {
    return giveUp(
      `Los paquetes que descargó pip no son los esperados: borra .cache/python y vuelve a construir (${described.stderr.trim().split("\n").at(-1)}).`,
    );
  }
  writeFileSync(join(cache, "packages.json"), described.stdout);
  rmSync(missing, { force: true });
  writeFileSync(stamp, inputs);
  return { status: "ready" };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await fetchPythonPackages({ root: fileURLToPath(new URL("..", import.meta.url)), log: console.log });
  if (result.status === "ready") console.log("Los paquetes de Python están en .cache/python.");
}

/** Builds both origins: `dist/` (the site) and `dist-sandbox/` (the sandbox). Skips what has not changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sandboxHeadersFile, siteHeadersFile } from "./headers.mjs";
import { origins } from "./origins.mjs";
import { buildPythonAssets } from "./python-assets.mjs";
import { fetchPythonPackages } from "./python-packages.mjs";
import { buildSandbox } from "./sandbox.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Digest of everything that decides what a build gives. */
function digest(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else hash.update(path.slice(root.length)).update("\0").update(readFileSync(path));
  };
  for (const path of paths) add(join(root, path));
  const settings = Object.entries(process.env).filter(([name]) => /^PUBLIC_/.test(name));
  return hash.update(JSON.stringify(settings.sort())).digest("hex");
}

function runAstro() {
  const astro = join(root, "node_modules", "astro", "bin", "astro.mjs");
  const result = spawnSync(process.execPath, [astro, "build"], { cwd: root, stdio: "inherit" });
  if (result.status !== 0) throw new Error("El sitio no se pudo construir: mira los mensajes de arriba.");
}

/**
 * @param {{force?: boolean, log?: (line: string) => void}} options
 * @returns {Promise<{built: boolean}>}
 */
export async function build({ force = false, log = console.log } = {}) {
  const python = await fetchPythonPackages({ root, log });
  await buildPythonAssets({ root, log });
  const stamp = join(root, ".cache", "build.json");
  const inputs = digest([
    "src",
    "content",
    "public",
    "tools",
    "astro.config.mjs",
    "package-lock.json",
    ".cache/python/assets/manifest.json",
  ]);
  const done =
    !force &&
    existsSync(stamp) &&
    existsSync(join(root, "dist", "index.html")) &&
    existsSync(join(root, "dist-sandbox", "frame.html")) &&
    JSON.parse(readFileSync(stamp, "utf8")).inputs === inputs;
  if (!done) {
    await buildSandbox({ root, log });
    runAstro();
    mkdirSync(join(root, ".cache"), { recursive: true });
    writeFileSync(stamp, JSON.stringify({ inputs }));
  }
  writeFileSync(join(root, "dist", "_headers"), siteHeadersFile(origins()));
  writeFileSync(join(root, "dist-sandbox", "_headers"), sandboxHeadersFile(origins()));
  return { built: !done, python };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build({ force: process.argv.includes("--force") }).then(
    ({ built }) => console.log(built ? "Listo: dist/ y dist-sandbox/." : "Nada que construir: todo está al día."),
    (error) => {
      console.error(`\n✖ ${error.message}\n`);
      process.exitCode = 1;
    },
  );
}

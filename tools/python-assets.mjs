/**
 * Makes what a browser downloads to run Python: bytecode archives compiled by Pyodide itself, Pyodide's own two files,
 * and a manifest, in `.cache/python/assets/`. Cached by a digest of everything that goes in.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

/** Files under a folder, sorted, as paths relative to it. */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Writes a folder of the disk into Pyodide's file system. */
function copyIn(FS, from, to) {
  FS.mkdirTree(to);
  for (const path of filesUnder(from)) {
    const target = `${to}/${path}`;
    FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
    FS.writeFile(target, readFileSync(join(from, path)));
  }
}

/** Compiles in Pyodide: the bytecode is of exactly the Python that runs it. */
async function compile({ root, cache, out, log }) {
  const pyodideFolder = join(root, "node_modules", "pyodide");
  const { loadPyodide } = await import("pyodide");
  const python = await loadPyodide({ indexURL: pyodideFolder, stdout: (line) => log(`  ${line}`) });
  const { FS } = python;
  const packages = join(cache, "packages.json");
  FS.mkdirTree("/in");
  FS.mkdirTree("/in/wheels");
  for (const name of existsSync(join(cache, "wheels")) ? readdirSync(join(cache, "wheels")) : []) {
    if (name.endsWith("-none-any.whl")) FS.writeFile(`/in/wheels/${name}`, readFileSync(join(cache, "wheels", name)));
  }
  copyIn(FS, join(cache, "markupsafe"), "/in/markupsafe");
  copyIn(FS, join(root, "src", "python", "despliega"), "/in/despliega");
  FS.writeFile("/in/packages.json", existsSync(packages) ? readFileSync(packages) : "[]");
  FS.writeFile("/in/workload.py", readFileSync(join(root, "tools", "python-workload.py")));
  python.runPython(readFileSync(join(root, "tools", "python-compile.py"), "utf8"), { filename: "python-compile.py" });
  for (const name of FS.readdir("/out")) {
    if (name.endsWith(".zip")) writeFileSync(join(out, name), FS.readFile(`/out/${name}`));
  }
  for (const name of ["pyodide.asm.mjs", "pyodide.asm.wasm"]) copyFileSync(join(pyodideFolder, name), join(out, name));
  return JSON.parse(FS.readFile("/out/index.json", { encoding: "utf8" }));
}

/**
 * @param {{root: string, log: (line: string) => void}} options
 * @returns {Promise<{build: string}>} the manifest's build
 */
export async function buildPythonAssets({ root, log }) {
  const cache = join(root, ".cache", "python");
  const assets = join(cache, "assets");
  const stamp = join(cache, "assets.stamp");
  const missingFile = join(cache, "missing.json");
  const missing = existsSync(missingFile) ? JSON.parse(readFileSync(missingFile, "utf8")).reason : undefined;
  const packagesFile = join(cache, "packages.json");
  const available = !missing && existsSync(packagesFile);

  const hash = createHash("sha256").update(missing ?? "");
  const runtime = join(root, "src", "python", "despliega");
  const inputs = [
    ...["python-assets.mjs", "python-compile.py", "python-workload.py"].map((name) => join(root, "tools", name)),
    ...filesUnder(runtime).map((path) => join(runtime, path)),
    join(root, "node_modules", "pyodide", "package.json"),
    ...(available
      ? [packagesFile, ...filesUnder(join(cache, "wheels")).map((path) => join(cache, "wheels", path))]
      : []),
  ];
  for (const path of inputs) hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
  const digest = hash.digest("hex");
  const manifestFile = join(assets, "manifest.json");
  if (existsSync(stamp) && existsSync(manifestFile) && readFileSync(stamp, "utf8") === digest) {
    return { build: JSON.parse(readFileSync(manifestFile, "utf8")).build };
  }

  log("Compilando Python…");
  const out = join(cache, "assets.new");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const { archives, rest } = await compile({ root, cache: available ? cache : join(cache, "nothing"), out, log });
  const files = {};
  for (const name of readdirSync(out).sort()) {
    files[name] = { size: statSync(join(out, name)).size, sha256: sha256(readFileSync(join(out, name))) };
  }
  const packages = available ? JSON.parse(readFileSync(packagesFile, "utf8")) : [];
  const { info: pyodide } = JSON.parse(
    readFileSync(join(root, "node_modules", "pyodide", "pyodide-lock.json"), "utf8"),
  );
  const contents = { files, packages, archives, rest, pyodide, ...(missing && { missing }) };
  const build = sha256(JSON.stringify(contents)).slice(0, 16);
  writeFileSync(join(out, "manifest.json"), JSON.stringify({ build, ...contents }));
  rmSync(assets, { recursive: true, force: true });
  renameSync(out, assets);
  writeFileSync(stamp, digest);
  return { build };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { build } = await buildPythonAssets({
    root: fileURLToPath(new URL("..", import.meta.url)),
    log: console.log,
  });
  console.log(`Python está en .cache/python/assets (${build}).`);
}

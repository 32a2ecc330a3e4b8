/**
 * Adds to package-lock.json the optional platform packages that npm left out.
 *
 * npm only writes the binaries that its registry had when the lock was made; a registry that lags behind may lack those
 * of other platforms, and then `npm ci` stops with "Missing: … from lock file". Run after every `npm install` that
 * rewrites the lock: `npm run lockfile`. Plain JS for Node 20.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const SYSTEMS = ["darwin", "win32", "linux", "android", "freebsd", "openbsd", "netbsd", "sunos", "aix", "openharmony"];
const PROCESSORS = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** The `os` and `cpu` that a binding's name promises, e.g. `@x/y-win32-arm64-msvc`. */
function platformOf(name) {
  const parts = name.split(/[-/]/).map((part) => (part === "windows" ? "win32" : part === "armv7" ? "arm" : part));
  const os = parts.filter((part) => SYSTEMS.includes(part));
  const cpu = parts.filter((part) => PROCESSORS.includes(part));
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }) };
}

const lock = JSON.parse(readFileSync(path, "utf8"));
const added = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    // Only exact versions are platform bindings; a range is an ordinary optional dependency.
    if (lock.packages[key] || !/^\d/.test(version)) continue;
    lock.packages[key] = { version, ...platformOf(name), optional: true };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? "package-lock.json: nothing missing" : `package-lock.json: added ${added.join(", ")}`);

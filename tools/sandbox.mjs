/** Builds the sandbox origin: frame, engine worker, dyno worker, service worker, and Python's files beside them. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/**
 * @param {{root: string, log: (line: string) => void, watch?: boolean}} options with `watch`, rebuilds on changes
 */
export async function buildSandbox({ root, log, watch = false }) {
  const out = join(root, "dist-sandbox");
  const python = join(root, ".cache", "python", "assets");
  const manifest = existsSync(join(python, "manifest.json")) ? readFileSync(join(python, "manifest.json")) : "{}";
  const pythonBuild = createHash("sha256").update(manifest).digest("hex").slice(0, 12);
  const define = { __PYTHON_BASE__: JSON.stringify(`/python/${pythonBuild}/`) };

  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "python", pythonBuild), { recursive: true });
  if (existsSync(python)) cpSync(python, join(out, "python", pythonBuild), { recursive: true });

  const common = {
    configFile: false,
    root: join(root, "src", "sandbox"),
    publicDir: false,
    logLevel: /** @type {const} */ ("warn"),
    define,
    resolve: { alias: { "node:zlib": join(root, "src", "sandbox", "engine", "zlib-absent.ts") } },
  };
  await build({
    ...common,
    worker: { format: "es" },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      ...(watch && { watch: {} }),
      rolldownOptions: { input: join(root, "src", "sandbox", "frame.html") },
    },
  });
  // After the rest: the list of files that it keeps for pages of this build is part of it.
  const assets = existsSync(join(out, "assets"))
    ? readdirSync(join(out, "assets")).map((name) => `/assets/${name}`)
    : [];
  const buildId = createHash("sha256").update(assets.sort().join("\n")).update(pythonBuild).digest("hex").slice(0, 12);
  await build({
    ...common,
    define: { ...define, __BUILD__: JSON.stringify(buildId), __ASSETS__: JSON.stringify(assets) },
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      ...(watch && { watch: {} }),
      lib: {
        entry: join(root, "src", "sandbox", "service-worker", "worker.ts"),
        formats: ["iife"],
        name: "edge",
        fileName: () => "sw.js",
      },
    },
  });
  writeFileSync(join(out, "build.json"), JSON.stringify({ build: buildId, assets }));
  log(`Sandbox: ${assets.length} archivos, Python ${pythonBuild}.`);
}

/** Python dynos in Node: each one a thread, its files from the folder that tools/python-assets.mjs makes. */

import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { type AssetSource, loadPythonAssets } from "../python/assets";
import type { DynoWorker, FromWorker } from "../python/protocol";
import { PythonRuntime } from "../python/runtime";

/** The files of a folder, e.g. `.cache/python/assets`. */
export function folderAssets(folder: string): AssetSource {
  const read = async (name: string, signal?: AbortSignal) => {
    const data = await readFile(join(folder, name), { signal });
    return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  };
  return {
    location: `${pathToFileURL(folder).href}/`,
    read,
    compile: async (name, signal) => WebAssembly.compile(await read(name, signal)),
  };
}

/**
 * The worker's program in one file of JavaScript, made once per state of its sources.
 * @param root the repository
 * @returns its path
 */
export async function bundleDynoWorker(root: string): Promise<string> {
  const sources = globSync("src/{python,node}/*.ts", { cwd: root }).sort();
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const path of sources)
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)));
  const target = join(root, ".cache", "node", `dyno-worker-${hash.digest("hex").slice(0, 16)}.mjs`);
  if (existsSync(target)) return target;
  const { build } = await import("vite");
  const result = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true, external: ["pyodide"] },
    build: {
      write: false,
      ssr: join(root, "src", "node", "dyno-worker.ts"),
      target: "node22",
      minify: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs.flatMap((one) => ("output" in one ? one.output : [])).find((one) => one.type === "chunk");
  if (chunk?.type !== "chunk") throw new Error("vite gave no code for the dyno worker");
  await mkdir(dirname(target), { recursive: true });
  // Two processes may do this at once: the file appears whole.
  const unfinished = `${target}.${process.pid}`;
  await writeFile(unfinished, chunk.code);
  await rename(unfinished, target);
  return target;
}

/** @param program the path that bundleDynoWorker gave */
export function spawnThread(program: string): DynoWorker {
  const thread = new Worker(program);
  let ended = false;
  return {
    postMessage: (message, transfer = []) => thread.postMessage(message, transfer),
    onMessage: (listener) => {
      thread.on("message", (message: FromWorker) => ended || listener(message));
    },
    onError: (listener) => {
      thread.on("error", (error) => {
        if (!ended) listener(error instanceof Error ? error.message : String(error));
      });
      thread.on("exit", (code) => {
        if (!ended) listener(`the thread ended with ${code}`);
      });
    },
    terminate: () => {
      ended = true;
      void thread.terminate();
    },
  };
}

export interface NodePythonOptions {
  /** The repository. */
  readonly root: string;
  readonly spare: boolean;
}

/** @throws when the assets are not built: `node tools/python-assets.mjs`. */
export async function nodePythonRuntime({ root, spare }: NodePythonOptions): Promise<PythonRuntime> {
  const program = await bundleDynoWorker(root);
  const assets = await loadPythonAssets(folderAssets(join(root, ".cache", "python", "assets")));
  return new PythonRuntime({ spawn: () => spawnThread(program), assets, spare });
}

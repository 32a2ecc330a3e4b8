/** Python's files over HTTP and dynos as browser workers: what the engine worker gives to PythonRuntime. */

import type { AssetSource } from "../../python/assets";
import type { DynoWorker, FromWorker, ToWorker } from "../../python/protocol";

/** @param base path of the folder on this origin, with a slash at the end, e.g. `/python/1a2b3c/` */
export function httpAssets(base: string): AssetSource {
  const location = new URL(base, globalThis.location.href).href;
  const get = async (name: string, signal?: AbortSignal) => {
    const response = await fetch(location + name, { signal });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  };
  return {
    location,
    read: async (name, signal) => (await get(name, signal)).arrayBuffer(),
    compile: async (name, signal) => {
      const response = await get(name, signal);
      // Streaming wants the right media type, which not every static host sends.
      return response.headers.get("Content-Type") === "application/wasm"
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer());
    },
  };
}

/** A new worker that waits for its `boot`. */
export function spawnWorker(): DynoWorker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "dyno" });
  return {
    postMessage: (message: ToWorker, transfer = []) => worker.postMessage(message, transfer),
    onMessage: (listener) => {
      worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => listener(data));
    },
    onError: (listener) => {
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        listener(event.message || "the worker could not be loaded");
      });
    },
    terminate: () => worker.terminate(),
  };
}

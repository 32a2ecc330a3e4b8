/** Python's files over HTTP, and its workers in the browser. */

import type { AssetSource } from "../../python/assets";
import type { DynoWorker, FromWorker } from "../../python/protocol";

declare const __PYTHON_BASE__: string;

/** The files of this build, on the sandbox's own origin. */
export const pythonFiles: AssetSource = {
  location: new URL(__PYTHON_BASE__, self.location.origin).href,
  async read(name, signal) {
    return (await request(name, signal)).arrayBuffer();
  },
  async compile(name, signal) {
    return WebAssembly.compileStreaming(request(name, signal));
  },
};

async function request(name: string, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(`${__PYTHON_BASE__}${name}`, { signal });
  if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
  return response;
}

/**
 * A worker for one dyno. It is a child of the engine worker, not of the frame: the frame shares its thread with the
 * learner's pages, and a busy one must not keep a dyno from starting.
 */
export function spawnDynoWorker(): DynoWorker {
  const worker = new Worker(new URL("../dyno/worker.ts", import.meta.url), { type: "module", name: "dyno" });
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => listener(data)),
    onError: (listener) =>
      worker.addEventListener("error", (event) => listener(event.message || "the worker did not load")),
    terminate: () => worker.terminate(),
  };
}

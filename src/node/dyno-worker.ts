/** The dyno worker of Node: a thread. */

import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { runDyno } from "../python/dyno";

const port = parentPort;
if (!port) throw new Error("dyno-worker runs as a worker thread");

runDyno({
  post: (message, transfer = []) => port.postMessage(message, transfer),
  onMessage: (listener) => {
    port.on("message", listener);
  },
  importModule: (url) => import(/* @vite-ignore */ url),
  readNow: (url) => {
    try {
      return new Uint8Array(readFileSync(new URL(url)));
    } catch {
      return undefined;
    }
  },
});

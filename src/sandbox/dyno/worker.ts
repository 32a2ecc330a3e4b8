/** The dyno worker of the browser. */

import { runDyno } from "../../python/dyno";
import type { ToWorker } from "../../python/protocol";

runDyno({
  post: (message, transfer = []) => postMessage(message, { transfer }),
  onMessage: (listener) => {
    addEventListener("message", ({ data }: MessageEvent<ToWorker>) => listener(data));
  },
  importModule: (url) => import(/* @vite-ignore */ url),
  readNow: (url) => {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.responseType = "arraybuffer";
    try {
      request.send();
    } catch {
      return undefined;
    }
    return request.status === 200 && request.response instanceof ArrayBuffer
      ? new Uint8Array(request.response)
      : undefined;
  },
});

/** The one thing that we add to the learner's pages: a script that tells the workbench which path is shown. */

import type { AppContext } from "./addresses";
import { previewPath } from "./addresses";

/** Source of the script. It runs in the learner's page, so it promises nothing to us: the workbench validates. */
export function previewScript(app: AppContext): string {
  const prefix = previewPath(app, "");
  return `(() => {
  if (parent === window) return;
  const tell = () => {
    const path = location.pathname.startsWith(${JSON.stringify(prefix)}) ? location.pathname.slice(${prefix.length}) : location.pathname;
    parent.postMessage({ type: "despliega:location", path: (path || "/") + location.search + location.hash }, "*");
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) { const result = original.apply(this, args); tell(); return result; };
  }
  addEventListener("popstate", tell);
  addEventListener("hashchange", tell);
  addEventListener("pageshow", tell);
})();`;
}

/** Puts the script's tag where it changes nothing: after `<head>`, else after the doctype, else at the start. */
export function withScript(body: ReadableStream<Uint8Array>, path: string): ReadableStream<Uint8Array> {
  const tag = `<script src="${path}"></script>`;
  const decoder = new TextDecoder("latin1");
  const encoder = new TextEncoder();
  let done = false;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (done) return controller.enqueue(chunk);
        done = true;
        // latin1 maps bytes to characters one to one, whatever the page's encoding.
        const text = decoder.decode(chunk);
        const match = /<head(\s[^>]*)?>/i.exec(text) ?? /<!doctype[^>]*>/i.exec(text);
        const at = match ? match.index + match[0].length : 0;
        controller.enqueue(chunk.slice(0, at));
        controller.enqueue(encoder.encode(tag));
        controller.enqueue(chunk.slice(at));
      },
    }),
  );
}

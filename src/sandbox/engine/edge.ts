/** The edge's requests, answered by the router. */

import type { Platform, RouterResponse } from "../../platform/platform";
import type { HeaderFields } from "../../platform/ports";
import { PREVIEW_PREFIX } from "../preview-address";
import type { EdgeRequest, EdgeResponse } from "../protocol";

/** What became of a page that a person asked for: `stuck` means that the application did not answer. */
export type Visit = "asked" | "answered" | "stuck" | "refused";

/** Serves one service worker until the port closes. `visited` hears of every page that a person asks for. */
export function serveEdge(
  port: MessagePort,
  platform: () => Promise<Platform>,
  visited: (app: string, visit: Visit) => void,
): void {
  const running = new Map<number, AbortController>();
  const post = (message: EdgeResponse, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  port.onmessage = async ({ data }: MessageEvent<EdgeRequest>) => {
    if (data.type === "abort") {
      running.get(data.id)?.abort();
      running.delete(data.id);
      return;
    }
    const { id } = data;
    const abort = new AbortController();
    running.set(id, abort);
    const page = data.headers.some(([name, value]) => name === "accept" && value.includes("text/html"));
    if (page) visited(data.app, "asked");
    try {
      const { route, app } = await platform();
      const host = app(data.app)?.host ?? `${data.app}.herokuapp.com`;
      const response = await route(
        {
          app: data.app,
          method: data.method,
          target: data.target,
          headers: asSentTo(host, data.headers, data.method),
          body: data.body ? new Uint8Array(data.body) : new Uint8Array(),
        },
        abort.signal,
      );
      post({ type: "head", id, status: response.status, reason: response.reason, host, headers: response.headers });
      if (page) visited(data.app, visitOf(response));
      for await (const chunk of response.body) {
        if (abort.signal.aborted) return;
        // A chunk may be a view on shared bytes: only a buffer of its own can be handed over.
        const own = chunk.byteLength === chunk.buffer.byteLength ? chunk : chunk.slice();
        post({ type: "chunk", id, data: own });
      }
      post({ type: "end", id });
    } catch (error) {
      if (!abort.signal.aborted) post({ type: "broken", id });
      else if (!(error instanceof DOMException)) throw error;
    } finally {
      running.delete(id);
    }
  };
}

function visitOf({ code }: RouterResponse): Visit {
  if (code === undefined) return "answered";
  return code === "H12" || code === "H13" ? "stuck" : "refused";
}

/** What the application must see: its own host in Referer and Origin, not the sandbox's address. */
function asSentTo(host: string, headers: HeaderFields, method: string): HeaderFields {
  const fields = headers.map(([name, value]): readonly [string, string] =>
    name === "referer" ? [name, applicationAddress(host, value)] : [name, value],
  );
  const safe = method === "GET" || method === "HEAD";
  return safe || fields.some(([name]) => name === "origin") ? fields : [...fields, ["origin", `https://${host}`]];
}

function applicationAddress(host: string, address: string): string {
  const { pathname, search } = new URL(address);
  const path = pathname.startsWith(PREVIEW_PREFIX) ? `/${pathname.split("/").slice(4).join("/")}` : pathname;
  return `https://${host}${path}${search}`;
}

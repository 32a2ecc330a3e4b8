/// <reference lib="webworker" />
/** Requests and answers over the port to a workspace's engine. */

import type { EdgeRequest, EdgeResponse } from "../protocol";
import { type AppContext, previewLocation } from "./addresses";
import { withScript } from "./preview-script";

export interface Conversation {
  /** Sends a request; `listen` gets every message of its answer. */
  send(
    request: Omit<Extract<EdgeRequest, { type: "request" }>, "type" | "id">,
    listen: (message: EdgeResponse) => void,
  ): { abort(): void };
}

export function openConversation(port: MessagePort): Conversation {
  const listeners = new Map<number, (message: EdgeResponse) => void>();
  let next = 1;
  port.onmessage = ({ data }: MessageEvent<EdgeResponse>) => {
    const listener = listeners.get(data.id);
    if (data.type === "end" || data.type === "broken") listeners.delete(data.id);
    listener?.(data);
  };
  const post = (message: EdgeRequest, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  return {
    send(request, listen) {
      const id = next++;
      listeners.set(id, listen);
      post({ type: "request", id, ...request }, request.body ? [request.body] : []);
      return {
        abort() {
          if (listeners.delete(id)) post({ type: "abort", id });
        },
      };
    },
  };
}

/** Milliseconds without a first byte after which the engine counts as gone: the router's own limit is 30 s, a booting dyno's 75 s. */
const HEAD_DEADLINE = 120_000;
const NO_BODY = new Set([101, 103, 204, 205, 304]);
/** Headers that describe the connection, not the message. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "trailer", "set-cookie"]);

export interface Dressing {
  readonly headers: Readonly<Record<string, string>>;
  /** Path of the script that every HTML page of a preview loads. */
  readonly script: string;
}

/** Asks the router and gives the browser its answer; undefined when the engine behind the port is gone. */
export async function answer(
  conversation: Conversation,
  request: Request,
  app: AppContext & { readonly target: string },
  dressing: Dressing,
): Promise<Response | undefined> {
  const bodiless = request.method === "GET" || request.method === "HEAD";
  const body = bodiless ? null : await request.arrayBuffer();
  return new Promise((resolve) => {
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
    const timer = setTimeout(() => {
      exchange.abort();
      resolve(undefined);
    }, HEAD_DEADLINE);
    const exchange = conversation.send(
      { app: app.app, method: request.method, target: app.target, headers: requestHeaders(request), body },
      (message) => {
        switch (message.type) {
          case "head": {
            clearTimeout(timer);
            const headers = responseHeaders(message, app, dressing);
            const html = /^text\/html/i.test(headers.get("content-type") ?? "");
            if (html) headers.delete("content-length");
            const empty = NO_BODY.has(message.status) || request.method === "HEAD";
            const raw = new ReadableStream<Uint8Array>({
              start(controller) {
                stream = controller;
              },
              cancel: () => exchange.abort(),
            });
            const page = html && request.destination !== "" ? withScript(raw, dressing.script) : raw;
            resolve(new Response(empty ? null : page, { status: message.status, statusText: message.reason, headers }));
            return;
          }
          case "chunk":
            stream?.enqueue(message.data);
            return;
          case "end":
            stream?.close();
            return;
          case "broken":
            stream?.error(new TypeError("connection closed"));
            return;
        }
      },
    );
    request.signal.addEventListener("abort", () => exchange.abort(), { once: true });
  });
}

/** Referer and Origin are rewritten by the engine, which knows the application's host. */
function requestHeaders(request: Request): [string, string][] {
  const headers: [string, string][] = [...request.headers];
  const has = (name: string) => headers.some(([known]) => known === name);
  if (!has("user-agent")) headers.push(["user-agent", navigator.userAgent]);
  if (request.referrer && URL.canParse(request.referrer)) headers.push(["referer", request.referrer]);
  return headers;
}

function responseHeaders(
  head: Extract<EdgeResponse, { type: "head" }>,
  app: AppContext & { readonly target: string },
  dressing: Dressing,
): Headers {
  const headers = new Headers();
  for (const [name, value] of head.headers) {
    if (HOP_BY_HOP.has(name.toLowerCase())) continue;
    headers.append(
      name,
      name.toLowerCase() === "location" ? previewLocation(value, app, head.host, app.target) : value,
    );
  }
  for (const [name, value] of Object.entries(dressing.headers)) headers.set(name, value);
  return headers;
}

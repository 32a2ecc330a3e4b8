/// <reference lib="webworker" />
/**
 * The edge: turns the browser's requests for a preview into messages to the workspace's router, and its answers into
 * responses. It also keeps this build's files, so that an open exercise outlives the next deployment of the site.
 */

import { type AppContext, contextOf, parsePreview, previewPath } from "./addresses";
import { answer, type Conversation, openConversation } from "./conversation";
import { previewScript } from "./preview-script";

declare const self: ServiceWorkerGlobalScope;
declare const __BUILD__: string;
declare const __ASSETS__: readonly string[];

const CACHE = `despliega-${__BUILD__}`;
/** How many builds' files are kept: the running one and the one before it, which may be open in a tab. */
const BUILDS_KEPT = 2;
/** Where the script that reports a preview's path lives, inside every application. */
const SCRIPT_PATH = "/_despliega/vista.js";
/** Milliseconds that a request waits for the workspace's port. */
const PORT_DEADLINE = 5_000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...__ASSETS__]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldBuilds().then(() => self.clients.claim()));
});

async function dropOldBuilds(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith("despliega-") && name !== CACHE);
  // keys() answers in order of creation.
  for (const name of names.slice(0, Math.max(0, names.length - (BUILDS_KEPT - 1)))) await caches.delete(name);
}

const conversations = new Map<string, Conversation>();
const waiting = new Map<string, Set<(conversation: Conversation) => void>>();

self.addEventListener("message", (event) => {
  const data: unknown = event.data;
  const [port] = event.ports;
  if (!port || typeof data !== "object" || data === null || !("workspace" in data)) return;
  const workspace = String(data.workspace);
  const conversation = openConversation(port);
  conversations.set(workspace, conversation);
  for (const resolve of waiting.get(workspace) ?? []) resolve(conversation);
  waiting.delete(workspace);
});

/** The workspace's port; asks its frame for a new one when this worker was restarted. Undefined if no frame answers. */
async function conversationWith(workspace: string): Promise<Conversation | undefined> {
  const known = conversations.get(workspace);
  if (known) return known;
  const frames = (await self.clients.matchAll({ type: "window", includeUncontrolled: true })).filter((client) => {
    const url = new URL(client.url);
    return url.pathname === "/frame.html" && url.searchParams.get("workspace") === workspace;
  });
  if (frames.length === 0) return undefined;
  return new Promise((resolve) => {
    const queue = waiting.get(workspace) ?? new Set();
    waiting.set(workspace, queue.add(resolve));
    const timer = setTimeout(() => {
      queue.delete(resolve);
      resolve(undefined);
    }, PORT_DEADLINE);
    queue.add(() => clearTimeout(timer));
    for (const frame of frames) frame.postMessage({ type: "need-port", workspace });
  });
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  const preview = parsePreview(url.pathname);
  if (preview) {
    event.respondWith(servePreview(event.request, { ...preview, target: preview.path + url.search }));
  } else event.respondWith(serveOther(event, url));
});

/** A request whose address has left the prefix, made by a preview: an absolute link, `fetch("/api")`, an image. */
async function serveOther(event: FetchEvent, url: URL): Promise<Response> {
  const { request } = event;
  const app = await contextOf(event, self.clients);
  if (app) {
    const path = previewPath(app, url.pathname + url.search);
    // A redirect keeps the address bar of the frame inside the application. 307 keeps method and body.
    if (request.mode === "navigate") return redirect(path);
    return servePreview(request, { ...app, target: url.pathname + url.search });
  }
  if (request.method === "GET" && url.pathname.startsWith("/assets/")) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
}

function redirect(location: string): Response {
  return new Response(null, { status: 307, headers: { Location: location, ...FRAME_HEADERS } });
}

/** What every response of a preview carries, so that it loads in isolated and in plain pages. */
const FRAME_HEADERS = {
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Origin-Agent-Cluster": "?1",
};

async function servePreview(request: Request, app: AppContext & { readonly target: string }): Promise<Response> {
  if (app.target === SCRIPT_PATH) {
    return new Response(previewScript(app), { headers: { "Content-Type": "text/javascript", ...FRAME_HEADERS } });
  }
  const conversation = await conversationWith(app.workspace);
  if (!conversation) return closedPage();
  const response = await answer(conversation, request, app, { headers: FRAME_HEADERS, script: SCRIPT_PATH });
  if (response) return response;
  // The engine behind this port is gone (its page was closed or reloaded): ask for a new one, once.
  conversations.delete(app.workspace);
  return closedPage();
}

function closedPage(): Response {
  const page = `<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>El taller está cerrado</title><style>body{font:1rem/1.6 system-ui;max-inline-size:34rem;margin:12vh auto;padding:0 1rem;color-scheme:light dark}</style><h1>El taller está cerrado</h1><p>Esta aplicación se ejecuta dentro de la página de su ejercicio. Abre allí el taller y vuelve a cargar esta página.</p></html>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", ...FRAME_HEADERS } });
}

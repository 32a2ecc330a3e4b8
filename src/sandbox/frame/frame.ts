/**
 * The hidden page on the sandbox origin: registers the service worker, creates the engine worker, hands over the ports,
 * and does nothing more, because it shares its thread with the learner's pages.
 */

import type { ConnectMessage, EngineToFrame, FrameMessage, FrameToEngine, NeedPort, TakePort } from "../protocol";

const parameters = new URL(location.href).searchParams;
const workspace = parameters.get("workspace") ?? "";

/** Who embeds us is limited by `frame-ancestors`; nothing secret is said here. */
function tell(message: FrameMessage): void {
  parent.postMessage(message, "*");
}

/** The service worker that serves this origin, once it can. */
async function activeServiceWorker(): Promise<ServiceWorker> {
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  // A newer build's worker may be there; without network the present one serves on.
  void registration.update().catch(() => undefined);
  const ready = await navigator.serviceWorker.ready;
  if (!ready.active) throw new Error("no active service worker");
  return ready.active;
}

async function connect(pagePort: MessagePort): Promise<void> {
  let stage: "servicio" | "motor" = "servicio";
  try {
    const serviceWorker = await activeServiceWorker();
    stage = "motor";
    const engine = new Worker(new URL("../engine/worker.ts", import.meta.url), { type: "module", name: "motor" });
    await new Promise<void>((resolve, reject) => {
      engine.addEventListener(
        "message",
        ({ data }: MessageEvent<EngineToFrame>) => data.type === "loaded" && resolve(),
      );
      engine.addEventListener("error", (event) => reject(new Error(event.message || "the engine worker did not load")));
    });

    const introduce = (edge: ServiceWorker) => {
      const { port1, port2 } = new MessageChannel();
      engine.postMessage({ type: "edge", port: port1 } satisfies FrameToEngine, [port1]);
      edge.postMessage({ type: "port", workspace } satisfies TakePort, [port2]);
    };
    navigator.serviceWorker.addEventListener("message", ({ data, source }: MessageEvent<NeedPort>) => {
      if (data.type === "need-port" && data.workspace === workspace && source instanceof ServiceWorker)
        introduce(source);
    });
    navigator.serviceWorker.startMessages();
    introduce(serviceWorker);
    engine.postMessage(
      { type: "page", port: pagePort, spare: parameters.get("repuesto") !== "no" } satisfies FrameToEngine,
      [pagePort],
    );
    tell({ type: "despliega:frame-connected" });
  } catch (error) {
    tell({ type: "despliega:frame-failed", stage, detail: error instanceof Error ? error.message : String(error) });
  }
}

const CONNECT: ConnectMessage["type"] = "despliega:connect";

function isConnect(data: unknown): boolean {
  return typeof data === "object" && data !== null && "type" in data && data.type === CONNECT;
}

addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.source === parent && isConnect(event.data) && port) void connect(port);
});
tell({ type: "despliega:frame-ready" });

/** The page's side of the embedded engine: a hidden frame on the sandbox origin, and a port to the engine worker in it. */

import type { z } from "zod";
import { PREVIEW_PREFIX } from "./preview-address";
import {
  type ConnectMessage,
  type EngineCall,
  type EngineMessage,
  engineMessage,
  frameMessage,
  listAnswer,
  type PageMessage,
  readAnswer,
} from "./protocol";
import type {
  ExerciseProgress,
  PreviewTarget,
  StartFailure,
  StartResult,
  StartStage,
  Workspace,
  WorkspaceEngine,
  WorkspaceFileChange,
  WorkspaceSpec,
  WorkspaceTerminal,
} from "./workspace";

export interface EmbeddedOptions {
  /** Origin of the sandbox, e.g. `https://taller.example.org`. By default: this host, next port. */
  readonly origin?: string;
}

const STAGES = [
  { id: "marco", label: "Abrir el taller" },
  { id: "servicio", label: "Preparar la red de la aplicación" },
  { id: "motor", label: "Encender la terminal" },
  { id: "python", label: "Preparar Python" },
  { id: "archivos", label: "Recuperar tus archivos" },
] as const;
type StageId = (typeof STAGES)[number]["id"];

/** Milliseconds that each stage may take. Python's download decides the last one. */
const DEADLINES: Record<StageId, number> = {
  marco: 10_000,
  servicio: 10_000,
  motor: 15_000,
  archivos: 15_000,
  python: 30_000,
};

const ADVICE: Record<StageId, { reason: string; remedy: string }> = {
  marco: {
    reason: "El taller no respondió.",
    remedy: "Comprueba la conexión y que ninguna extensión del navegador bloquee el sitio; después, reintenta.",
  },
  servicio: {
    reason: "El navegador no dejó instalar el «service worker» que lleva las peticiones a tu aplicación.",
    remedy:
      "Ocurre en ventanas privadas de algunos navegadores o con las cookies bloqueadas: prueba en una ventana normal.",
  },
  motor: {
    reason: "La terminal no arrancó.",
    remedy: "Recarga la página. Si se repite, prueba con un navegador actualizado.",
  },
  archivos: {
    reason: "No se pudieron leer tus archivos guardados.",
    remedy: "Cierra otras pestañas con este ejercicio y reintenta.",
  },
  python: {
    reason: "Python tardó demasiado en llegar.",
    remedy: "Comprueba la conexión y reintenta: lo que ya se descargó no se descarga otra vez.",
  },
};

/** Same host, next port: how `npm start` and `npm run dev` serve the two origins. */
function neighbourOrigin(): string {
  const url = new URL(location.href);
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80)) + 1;
  return `${url.protocol}//${url.hostname}:${port}`;
}

/** The engine for Python: everything runs on our own static files. */
export function integrado(options: EmbeddedOptions = {}): WorkspaceEngine {
  const origin = options.origin ?? neighbourOrigin();
  return { name: "integrado", start: (spec, observer, signal) => startEmbedded(origin, spec, observer, signal) };
}

async function startEmbedded(
  origin: string,
  spec: WorkspaceSpec,
  observer: { stages(stages: readonly StartStage[]): void },
  signal: AbortSignal,
): Promise<StartResult> {
  signal.throwIfAborted();
  const frame = document.createElement("iframe");
  const { port1: port, port2: enginePort } = new MessageChannel();
  return new Promise<StartResult>((resolve, reject) => {
    let current: StageId = "marco";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enter = (stage: StageId) => {
      current = stage;
      clearTimeout(timer);
      timer = setTimeout(
        () => fail({ ...ADVICE[stage], detail: `${stage}: ${DEADLINES[stage] / 1000} s` }),
        DEADLINES[stage],
      );
      show("en-curso");
    };
    const show = (state: "en-curso" | "fallido" | "listo") => {
      const index = STAGES.findIndex(({ id }) => id === current);
      observer.stages(
        STAGES.map(({ id, label }, at) => ({
          id,
          label,
          state: state === "listo" || at < index ? "listo" : at === index ? state : "pendiente",
        })),
      );
    };
    const settle = () => {
      clearTimeout(timer);
      removeEventListener("message", onWindowMessage);
      signal.removeEventListener("abort", onAbort);
      port.onmessage = null;
    };
    const fail = (failure: Omit<StartFailure, "stage">) => {
      settle();
      show("fallido");
      frame.remove();
      port.close();
      resolve({ status: "failed", failure: { stage: current, ...failure } });
    };
    const onAbort = () => {
      settle();
      frame.remove();
      port.close();
      reject(signal.reason);
    };
    const onWindowMessage = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      const message = frameMessage.safeParse(event.data);
      if (!message.success) return;
      switch (message.data.type) {
        case "despliega:frame-ready":
          enter("servicio");
          frame.contentWindow?.postMessage({ type: "despliega:connect" } satisfies ConnectMessage, origin, [
            enginePort,
          ]);
          return;
        case "despliega:frame-connected":
          enter("motor");
          post(port, { type: "start", spec });
          return;
        case "despliega:frame-failed":
          current = message.data.stage;
          fail({ ...ADVICE[message.data.stage], detail: message.data.detail });
          return;
      }
    };

    addEventListener("message", onWindowMessage);
    signal.addEventListener("abort", onAbort);
    port.onmessage = ({ data }) => {
      const parsed = engineMessage.safeParse(data);
      if (!parsed.success) return;
      const message = parsed.data;
      if (message.type === "stage") enter(message.stage);
      else if (message.type === "failed") {
        current = message.stage;
        fail(message);
      } else if (message.type === "started") {
        settle();
        show("listo");
        resolve({ status: "started", workspace: new EmbeddedWorkspace(origin, spec, frame, port, message) });
      }
    };

    enter("marco");
    frame.hidden = true;
    frame.title = "Motor del taller";
    frame.allow = "cross-origin-isolated";
    frame.src = `${origin}/frame.html?workspace=${encodeURIComponent(spec.id)}`;
    document.body.append(frame);
  });
}

function post(port: MessagePort, message: PageMessage, transfer: Transferable[] = []): void {
  port.postMessage(message, transfer);
}

/** Listeners of one kind of news; remembers the last one for those who come later. */
class Topic<T> {
  private readonly listeners = new Set<(value: T) => void>();
  private last: { readonly value: T } | undefined;

  constructor(private readonly sticky: boolean) {}

  publish(value: T): void {
    if (this.sticky) this.last = { value };
    for (const listener of [...this.listeners]) listener(value);
  }

  subscribe(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    if (this.last) listener(this.last.value);
    return () => this.listeners.delete(listener);
  }
}

class EmbeddedWorkspace implements Workspace {
  readonly engine = "integrado";
  readonly folder: string;
  readonly files;
  readonly clock;
  readonly recovered: Workspace["recovered"];
  private readonly pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private readonly terminals = new Map<number, Topic<Uint8Array>>();
  private readonly changes = new Topic<readonly WorkspaceFileChange[]>(false);
  private readonly apps = new Topic<readonly PreviewTarget[]>(true);
  private readonly opened = new Topic<{ target: PreviewTarget; path: string }>(false);
  private readonly changedApps = new Topic<string>(false);
  private readonly progress = new Topic<ExerciseProgress>(true);
  private readonly troubles = new Topic<{ reason: string; remedy: string; fatal: boolean }>(true);
  private nextId = 1;

  constructor(
    private readonly origin: string,
    private readonly spec: WorkspaceSpec,
    private readonly frame: HTMLIFrameElement,
    private readonly port: MessagePort,
    started: Extract<EngineMessage, { type: "started" }>,
  ) {
    this.folder = started.folder;
    this.recovered = started.recovered;
    this.files = {
      list: (path: string) => this.call({ method: "list", path }, listAnswer),
      read: (path: string) => this.call({ method: "read", path }, readAnswer),
      write: (path: string, data: Uint8Array) => this.order({ method: "write", path, data }),
      makeDirectory: (path: string) => this.order({ method: "makeDirectory", path }),
      remove: (path: string) => this.order({ method: "remove", path }),
      rename: (from: string, to: string) => this.order({ method: "rename", from, to }),
      watch: (listener: (changes: readonly WorkspaceFileChange[]) => void) => this.changes.subscribe(listener),
    };
    let rate = started.rate;
    this.clock = {
      rate: () => rate,
      setRate: async (next: number) => {
        await this.order({ method: "setRate", rate: next });
        rate = next;
      },
    };
    port.onmessage = ({ data }) => {
      const message = engineMessage.safeParse(data);
      if (message.success) this.receive(message.data);
    };
  }

  openTerminal(size: { columns: number; rows: number }): WorkspaceTerminal {
    const terminal = this.nextId++;
    const output = new Topic<Uint8Array>(false);
    this.terminals.set(terminal, output);
    post(this.port, { type: "terminal-open", terminal, ...size });
    return {
      write: (data) => post(this.port, { type: "terminal-input", terminal, data }),
      onData: (listener) => output.subscribe(listener),
      resize: (columns, rows) => post(this.port, { type: "terminal-resize", terminal, columns, rows }),
      dispose: () => {
        this.terminals.delete(terminal);
        post(this.port, { type: "terminal-close", terminal });
      },
    };
  }

  onApps(listener: (apps: readonly PreviewTarget[]) => void): () => void {
    return this.apps.subscribe(listener);
  }

  onOpen(listener: (target: PreviewTarget, path: string) => void): () => void {
    return this.opened.subscribe(({ target, path }) => listener(target, path));
  }

  onAppChanged(listener: (app: string) => void): () => void {
    return this.changedApps.subscribe(listener);
  }

  onProgress(listener: (progress: ExerciseProgress) => void): () => void {
    return this.progress.subscribe(listener);
  }

  onTrouble(listener: (trouble: { reason: string; remedy: string; fatal: boolean }) => void): () => void {
    return this.troubles.subscribe(listener);
  }

  reset(): Promise<void> {
    return this.order({ method: "reset" });
  }

  /** Gives the engine a moment to store what is pending; then everything of it is gone. */
  async dispose(): Promise<void> {
    await Promise.race([this.order({ method: "dispose" }), new Promise((resolve) => setTimeout(resolve, 2_000))]);
    this.port.close();
    this.frame.remove();
    for (const { reject } of this.pending.values()) reject(new Error("El taller se cerró."));
    this.pending.clear();
  }

  private target({ app, host }: { app: string; host: string }): PreviewTarget {
    return { app, host, base: `${this.origin}${PREVIEW_PREFIX}${this.spec.id}/${app}/` };
  }

  private receive(message: EngineMessage): void {
    switch (message.type) {
      case "result": {
        const waiting = this.pending.get(message.id);
        this.pending.delete(message.id);
        if (message.ok) waiting?.resolve(message.value);
        else waiting?.reject(new Error(message.message));
        return;
      }
      case "terminal-output":
        this.terminals.get(message.terminal)?.publish(message.data);
        return;
      case "files":
        this.changes.publish(message.changes);
        return;
      case "apps":
        this.apps.publish(message.apps.map((app) => this.target(app)));
        return;
      case "open":
        this.opened.publish({ target: this.target(message.app), path: message.path });
        return;
      case "app-changed":
        this.changedApps.publish(message.app);
        return;
      case "progress":
        this.progress.publish({ steps: message.steps });
        return;
      case "trouble":
        this.troubles.publish(message);
        return;
      default:
        // Start messages: the start has settled.
        return;
    }
  }

  private request(call: EngineCall): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      post(this.port, { type: "call", id, call });
    });
  }

  private async call<T>(call: EngineCall, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.request(call));
  }

  private async order(call: EngineCall): Promise<void> {
    await this.request(call);
  }
}

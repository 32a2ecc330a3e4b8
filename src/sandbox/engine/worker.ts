/// <reference lib="webworker" />
/** The engine worker: speaks with the page, and opens and closes the session that the page asks for. */

import { directoryName, FileError, type FileSnapshot, FileTree } from "../../files/tree";
import type { Platform } from "../../platform/platform";
import { loadPythonAssets, type PythonManifest, packageIndex } from "../../python/assets";
import { PythonRuntime } from "../../python/runtime";
import type { TerminalSession } from "../../shell/tty";
import type { EngineCall, EngineMessage, EngineToFrame, FrameToEngine, PageMessage } from "../protocol";
import type { WorkspaceStore } from "../storage/store";
import type { WorkspaceSpec } from "../workspace";
import { adjustableClock } from "./clock";
import { serveEdge, type Visit } from "./edge";
import { pythonFiles, spawnDynoWorker } from "./python";
import { openSession, type Session } from "./session";
import { lockWorkspace, type Opened, openWorkspace, WorkspaceBusy } from "./start";

declare const self: DedicatedWorkerGlobalScope;

/** Milliseconds that Python waits for the first terminal. */
const TERMINAL_PATIENCE = 3_000;

type Stage = "motor" | "archivos" | "python";

interface TerminalSize {
  columns: number;
  rows: number;
}

/** One page, one workspace, from its start to its end. */
class Engine {
  private readonly clock = adjustableClock();
  private readonly terminals = new Map<number, { size: TerminalSize; session: TerminalSession }>();
  /**
   * Applications whose page in the preview got no answer. The preview does not reload these by itself: a page that
   * never ends would hold the dyno that was just restarted.
   */
  private readonly unanswered = new Set<string>();
  private opened: Opened | undefined;
  private show: () => void = () => undefined;
  /** Resolves with the first terminal. */
  private readonly shown = new Promise<void>((resolve) => {
    this.show = resolve;
  });
  private openIn: (store: WorkspaceStore) => Promise<Session> = () => Promise.reject(new Error("not started"));
  private resolvePlatform: (platform: Platform) => void = () => undefined;
  /** The first platform, for requests that come before it is there. */
  private readonly platform: Promise<Platform>;

  constructor(
    private readonly port: MessagePort,
    private readonly spareWorker: boolean,
  ) {
    this.platform = new Promise((resolve) => {
      this.resolvePlatform = resolve;
    });
    port.onmessage = ({ data }: MessageEvent<PageMessage>) => this.receive(data);
  }

  visited(app: string, visit: Visit): void {
    if (visit === "answered") this.opened?.session.visited(app);
    if (visit === "asked" || visit === "stuck") this.unanswered.add(app);
    else this.unanswered.delete(app);
  }

  /** The present platform: after a reset it is another one. */
  async currentPlatform(): Promise<Platform> {
    return this.opened?.session.platform ?? this.platform;
  }

  private post(message: EngineMessage, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }

  private receive(message: PageMessage): void {
    switch (message.type) {
      case "start":
        void this.start(message.spec);
        return;
      case "call":
        void this.answer(message.id, message.call);
        return;
      case "terminal-open":
        this.openTerminal(message.terminal, message);
        return;
      case "terminal-input":
        this.terminals.get(message.terminal)?.session.input(message.data);
        return;
      case "terminal-resize": {
        const terminal = this.terminals.get(message.terminal);
        if (!terminal) return;
        terminal.size = { columns: message.columns, rows: message.rows };
        terminal.session.resize(message.columns, message.rows);
        return;
      }
      case "terminal-close":
        this.terminals.get(message.terminal)?.session.dispose();
        this.terminals.delete(message.terminal);
        return;
    }
  }

  private async start(spec: WorkspaceSpec): Promise<void> {
    let stage: Stage = "motor";
    const enter = (next: Stage) => {
      stage = next;
      this.post({ type: "stage", stage });
    };
    try {
      await lockWorkspace(spec.id);
      enter("python");
      const manifest: PythonManifest = JSON.parse(new TextDecoder().decode(await pythonFiles.read("manifest.json")));
      enter("archivos");
      this.prepare(spec, manifest);
      this.opened = await openWorkspace(spec.id, this.openIn);
      this.resolvePlatform(this.opened.session.platform);
      this.welcome(this.opened, manifest);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.post({ type: "failed", stage, ...explain(stage, error), detail });
    }
  }

  /** Decides how sessions of this workspace are opened: now, and after every reset. */
  private prepare(spec: WorkspaceSpec, manifest: PythonManifest): void {
    // The prompt first: starting Python takes all that a small machine has.
    const assets = this.shown.then(() => loadPythonAssets(pythonFiles));
    assets.catch((error: unknown) =>
      this.post({
        type: "trouble",
        reason: `Python no se pudo descargar, así que ninguna aplicación arrancará (${error instanceof Error ? error.message : error}).`,
        remedy: "Comprueba la conexión y recarga la página: tus archivos están guardados.",
        fatal: false,
      }),
    );
    this.openIn = (store) => {
      const runtime = new PythonRuntime({ spawn: spawnDynoWorker, assets, spare: this.spareWorker });
      return openSession({
        exercise: spec.exercise,
        store,
        runtime,
        packages: packageIndex(manifest),
        clock: this.clock,
        random: { next: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32 },
        notify: (news) => {
          if (news.type !== "app-changed" || !this.unanswered.has(news.app)) this.post(news);
        },
        closed: () => runtime.dispose(),
      });
    };
  }

  private welcome({ session, store, recovered, kept }: Opened, manifest: PythonManifest): void {
    this.post({ type: "started", folder: session.folder, rate: this.clock.rate, recovered });
    session.announce();
    // On a phone the terminal may stay behind another pane.
    setTimeout(this.show, TERMINAL_PATIENCE);
    const trouble = (reason: string, remedy: string) => this.post({ type: "trouble", reason, remedy, fatal: false });
    if (manifest.missing !== undefined)
      trouble(manifest.missing, "Sin esos paquetes la construcción de una aplicación Flask no los encontrará.");
    if (!kept)
      trouble(
        "El navegador no deja guardar nada en este sitio.",
        "Puedes trabajar, pero al cerrar o recargar la página se perderá.",
      );
    store.onFailure((error) =>
      trouble(
        `Tu trabajo ya no se está guardando (${error.message}).`,
        "Puede que no quede espacio. Copia lo que quieras conservar antes de cerrar la página.",
      ),
    );
  }

  private openTerminal(terminal: number, { columns, rows }: TerminalSize): void {
    const { session } = this.opened ?? {};
    if (!session) return;
    const size = { columns, rows };
    const shown = session.openTerminal(size, (data) => {
      // A copy of its own: the page keeps what it gets.
      const own = data.slice();
      this.post({ type: "terminal-output", terminal, data: own }, [own.buffer]);
    });
    this.terminals.set(terminal, { size, session: shown });
    this.show();
  }

  private async answer(id: number, call: EngineCall): Promise<void> {
    try {
      this.post({ type: "result", id, ok: true, value: await this.perform(call) });
    } catch (error) {
      this.post({ type: "result", id, ok: false, message: inSpanish(error) });
    }
  }

  private async perform(call: EngineCall): Promise<unknown> {
    const { opened } = this;
    if (!opened) throw new Error("El taller todavía no está abierto.");
    const { files } = opened.session;
    switch (call.method) {
      case "list":
        return [...files.entries(call.path)]
          .filter(([path]) => path !== call.path && !/\/\.git(\/|$)/.test(path))
          .map(([path, { kind }]) => ({ path, kind }));
      case "read":
        return files.isFile(call.path) ? files.readFile(call.path).slice() : undefined;
      case "write":
        files.makeDirectory(directoryName(call.path), { recursive: true });
        files.writeFile(call.path, call.data);
        return undefined;
      case "makeDirectory":
        files.makeDirectory(call.path, { recursive: true });
        return undefined;
      case "remove":
        files.remove(call.path, { recursive: true });
        return undefined;
      case "rename":
        files.rename(call.from, call.to);
        return undefined;
      case "setRate":
        this.clock.setRate(call.rate);
        return undefined;
      case "reset":
        return this.reset(opened);
      case "dispose":
        await opened.session.dispose();
        opened.store.close();
        return undefined;
    }
  }

  /** Everything as at the start of the exercise; open terminals get a new shell. */
  private async reset({ session, store, kept }: Opened): Promise<void> {
    for (const { session: terminal } of this.terminals.values()) terminal.dispose();
    const before = session.files.snapshot();
    await session.dispose();
    await store.clear();
    const fresh = await this.openIn(store);
    this.opened = { session: fresh, store, recovered: undefined, kept };
    this.post({ type: "files", changes: changedPaths(before, fresh) });
    fresh.announce();
    for (const [terminal, { size }] of this.terminals) {
      this.post({ type: "terminal-output", terminal, data: new TextEncoder().encode("\u001bc") });
      this.openTerminal(terminal, size);
    }
  }
}

/** What the page must forget and what it must read again, going from one tree to another. */
function changedPaths(before: FileSnapshot, { files }: Session) {
  const old = new FileTree();
  old.restore(before);
  const outside = (path: string) => !/\/\.git(\/|$)/.test(path);
  const removed = [...old.entries()].filter(([path]) => outside(path) && !files.exists(path));
  const written = [...files.entries()].filter(([path]) => outside(path));
  return [
    ...removed.map(([path]) => ({ kind: "remove" as const, path })),
    ...written.map(([path, { kind }]) => ({ kind: "write" as const, path, node: kind })),
  ];
}

const FILE_MESSAGES: Partial<Record<FileError["code"], string>> = {
  ENOENT: "No existe",
  EEXIST: "Ya existe",
  ENOTDIR: "No es una carpeta",
  EISDIR: "Es una carpeta",
  ENOTEMPTY: "La carpeta no está vacía",
  ENOSPC: "No queda espacio para más archivos",
};

function inSpanish(error: unknown): string {
  if (error instanceof FileError) return `${FILE_MESSAGES[error.code] ?? "No se pudo"}: ${error.path}`;
  return error instanceof Error ? error.message : String(error);
}

function explain(stage: Stage, error: unknown): { reason: string; remedy: string } {
  if (error instanceof WorkspaceBusy) {
    return {
      reason: "Este ejercicio ya está abierto en otra pestaña.",
      remedy: "Sigue en aquella, o ciérrala y pulsa «Reintentar» aquí.",
    };
  }
  if (stage === "python") {
    return {
      reason: "No se pudieron descargar los archivos de Python.",
      remedy: "Comprueba la conexión y reintenta.",
    };
  }
  return {
    reason: "No se pudo abrir lo que había guardado de este ejercicio.",
    remedy: "Recarga la página. Si se repite, borra los datos de este sitio en el navegador.",
  };
}

let engine: Engine | undefined;
const waitingEdges: MessagePort[] = [];

function connectEdge(port: MessagePort, to: Engine): void {
  serveEdge(
    port,
    () => to.currentPlatform(),
    (app, visit) => to.visited(app, visit),
  );
}

self.addEventListener("message", ({ data }: MessageEvent<FrameToEngine>) => {
  if (data.type === "page") {
    engine = new Engine(data.port, data.spare);
    for (const port of waitingEdges) connectEdge(port, engine);
  } else if (engine) connectEdge(data.port, engine);
  else waitingEdges.push(data.port);
});
self.postMessage({ type: "loaded" } satisfies EngineToFrame);

import type { StepState } from "../../src/exercise/schema";
import type {
  ExerciseProgress,
  FileInfo,
  PreviewTarget,
  StartResult,
  StartStage,
  Workspace,
  WorkspaceEngine,
  WorkspaceFileChange,
  WorkspaceFiles,
  WorkspaceSpec,
  WorkspaceTerminal,
} from "../../src/sandbox/workspace";

class Listeners<T extends readonly unknown[]> {
  readonly #all = new Set<(...values: T) => void>();
  add = (listener: (...values: T) => void): (() => void) => {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  };
  tell(...values: T): void {
    for (const listener of this.#all) listener(...values);
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export class FakeFiles implements WorkspaceFiles {
  readonly contents = new Map<string, Uint8Array>();
  readonly folders = new Set<string>();
  readonly #changes = new Listeners<[readonly WorkspaceFileChange[]]>();
  /** The next write fails with this message. */
  refuse: string | undefined;

  async list(path: string): Promise<readonly FileInfo[]> {
    const below = (other: string): boolean => other.startsWith(`${path}/`);
    return [
      ...[...this.folders].filter(below).map((folder) => ({ path: folder, kind: "directory" as const })),
      ...[...this.contents.keys()].filter(below).map((file) => ({ path: file, kind: "file" as const })),
    ];
  }
  async read(path: string): Promise<Uint8Array | undefined> {
    return this.contents.get(path);
  }
  async write(path: string, data: Uint8Array): Promise<void> {
    if (this.refuse !== undefined) {
      const reason = this.refuse;
      this.refuse = undefined;
      throw new Error(reason);
    }
    this.contents.set(path, data);
    this.#changes.tell([{ kind: "write", path, node: "file" }]);
  }
  async makeDirectory(path: string): Promise<void> {
    this.folders.add(path);
    this.#changes.tell([{ kind: "write", path, node: "directory" }]);
  }
  async remove(path: string): Promise<void> {
    for (const file of [...this.contents.keys()]) {
      if (file === path || file.startsWith(`${path}/`)) this.contents.delete(file);
    }
    for (const folder of [...this.folders]) {
      if (folder === path || folder.startsWith(`${path}/`)) this.folders.delete(folder);
    }
    this.#changes.tell([{ kind: "remove", path }]);
  }
  async rename(from: string, to: string): Promise<void> {
    const changes: WorkspaceFileChange[] = [{ kind: "remove", path: from }];
    for (const folder of [...this.folders]) {
      if (folder !== from && !folder.startsWith(`${from}/`)) continue;
      this.folders.delete(folder);
      this.folders.add(to + folder.slice(from.length));
      changes.push({ kind: "write", path: to + folder.slice(from.length), node: "directory" });
    }
    for (const [file, data] of [...this.contents]) {
      if (file !== from && !file.startsWith(`${from}/`)) continue;
      this.contents.delete(file);
      this.contents.set(to + file.slice(from.length), data);
      changes.push({ kind: "write", path: to + file.slice(from.length), node: "file" });
    }
    this.#changes.tell(changes);
  }
  watch(listener: (changes: readonly WorkspaceFileChange[]) => void): () => void {
    return this.#changes.add(listener);
  }
  text(path: string): string {
    return new TextDecoder().decode(this.contents.get(path));
  }
}

/** Echoes what is typed and writes some coloured lines: enough to look at. */
class FakeTerminal implements WorkspaceTerminal {
  readonly #data = new Listeners<[Uint8Array]>();
  readonly input: string[] = [];
  readonly sizes: { columns: number; rows: number }[] = [];
  disposed = false;

  print(text: string): void {
    this.#data.tell(encode(text));
  }
  write(data: string): void {
    this.input.push(data);
    this.print(data.replaceAll("\r", "\r\n\x1b[1;32m~/hola-flask\x1b[0m $ ").replaceAll("\x7f", "\b \b"));
  }
  onData(listener: (data: Uint8Array) => void): () => void {
    const stop = this.#data.add(listener);
    queueMicrotask(() => this.print(GREETING));
    return stop;
  }
  resize(columns: number, rows: number): void {
    this.sizes.push({ columns, rows });
  }
  dispose(): void {
    this.disposed = true;
  }
}

const GREETING = [
  "\x1b[1;32m~/hola-flask\x1b[0m $ heroku create hola-flask",
  "Creating \x1b[35m⬢ hola-flask\x1b[0m... done",
  "\x1b[36mhttps://hola-flask-0f9c2d7a1b3e.herokuapp.com/\x1b[0m | \x1b[32mhttps://git.heroku.com/hola-flask.git\x1b[0m",
  "\x1b[1;32m~/hola-flask\x1b[0m $ git push heroku main",
  "remote: \x1b[33m-----> Building on the Heroku-24 stack\x1b[0m",
  "remote: \x1b[90m       Using buildpack: heroku/python\x1b[0m",
  "remote: \x1b[31m !     No 'Procfile' found.\x1b[0m",
  "\x1b[34mazul\x1b[0m \x1b[30mnegro\x1b[0m \x1b[37mblanco\x1b[0m \x1b[94mazul claro\x1b[0m \x1b[2mtenue\x1b[0m \x1b[7minverso\x1b[0m",
  "\x1b[1;32m~/hola-flask\x1b[0m $ ",
].join("\r\n");

export class FakeWorkspace implements Workspace {
  readonly engine = "integrado" as const;
  readonly folder = "/home/estudiante/hola-flask";
  readonly files = new FakeFiles();
  readonly terminals: FakeTerminal[] = [];
  readonly #apps = new Listeners<[readonly PreviewTarget[]]>();
  readonly #open = new Listeners<[PreviewTarget, string]>();
  readonly #appChanged = new Listeners<[string]>();
  readonly #progress = new Listeners<[ExerciseProgress]>();
  readonly #trouble = new Listeners<[{ reason: string; remedy: string; fatal: boolean }]>();
  readonly recovered: Workspace["recovered"];
  #targets: readonly PreviewTarget[] = [];
  #steps: readonly StepState[];
  #rate = 1;
  readonly #spec: WorkspaceSpec;
  disposed = false;

  constructor(spec: WorkspaceSpec, recovered: boolean) {
    this.#spec = spec;
    this.#steps = PENDING;
    this.#fill();
    if (recovered) {
      this.recovered = {
        reason: "Lo que estaba guardado viene de otra versión del sitio y no se pudo leer.",
        fileName: "hola-flask.json",
        data: encode("{}"),
      };
    }
  }

  readonly clock = {
    rate: () => this.#rate,
    setRate: async (rate: number) => {
      this.#rate = rate;
    },
  };

  #fill(): void {
    this.files.folders.add(this.folder);
    this.files.contents.set("/home/estudiante/.gitconfig", encode("[user]\n"));
    for (const [path, text] of Object.entries(this.#spec.exercise.files)) {
      const folder = path.includes("/") ? `${this.folder}/${path.slice(0, path.lastIndexOf("/"))}` : undefined;
      if (folder) this.files.folders.add(folder);
      this.files.contents.set(`${this.folder}/${path}`, encode(text));
    }
    this.files.contents.set(`${this.folder}/static/logo.png`, new Uint8Array([0x89, 0x50, 0, 1]));
  }

  openTerminal(size: { columns: number; rows: number }): WorkspaceTerminal {
    const terminal = new FakeTerminal();
    terminal.sizes.push(size);
    this.terminals.push(terminal);
    return terminal;
  }
  onApps(listener: (apps: readonly PreviewTarget[]) => void): () => void {
    listener(this.#targets);
    return this.#apps.add(listener);
  }
  onOpen(listener: (target: PreviewTarget, path: string) => void): () => void {
    return this.#open.add(listener);
  }
  onAppChanged(listener: (app: string) => void): () => void {
    return this.#appChanged.add(listener);
  }
  onProgress(listener: (progress: ExerciseProgress) => void): () => void {
    listener({ steps: this.#steps });
    return this.#progress.add(listener);
  }
  onTrouble(listener: (trouble: { reason: string; remedy: string; fatal: boolean }) => void): () => void {
    return this.#trouble.add(listener);
  }
  async reset(): Promise<void> {
    await this.files.remove(this.folder);
    this.#fill();
    for (const { path, kind } of await this.files.list("/home/estudiante")) {
      if (kind === "directory") await this.files.makeDirectory(path);
      else await this.files.write(path, this.files.contents.get(path) ?? new Uint8Array());
    }
    this.setApps([]);
    this.setSteps(PENDING);
  }
  async dispose(): Promise<void> {
    this.disposed = true;
  }

  /* What a test makes happen. */
  setApps(names: readonly string[]): void {
    this.#targets = names.map(targetOf);
    this.#apps.tell(this.#targets);
  }
  open(app: string, path: string): void {
    this.#open.tell(targetOf(app), path);
  }
  appChanged(app: string): void {
    this.#appChanged.tell(app);
  }
  setSteps(steps: readonly StepState[]): void {
    this.#steps = steps;
    this.#progress.tell({ steps });
  }
  trouble(fatal: boolean): void {
    this.#trouble.tell({
      reason: "El motor del ejercicio se detuvo.",
      remedy: "Tus archivos están guardados; vuelve a arrancarlo.",
      fatal,
    });
  }
}

export const PENDING: readonly StepState[] = [
  { id: "crear", state: "pendiente", missing: "Todavía no hay ninguna aplicación con un remoto en tu repositorio." },
  { id: "procfile", state: "pendiente", missing: "Falta el archivo Procfile." },
  { id: "publicar", state: "pendiente", missing: "Todavía no enviaste nada." },
  { id: "mirar", state: "pendiente", missing: "Todavía no abriste la aplicación." },
];

const targetOf = (app: string): PreviewTarget => ({
  app,
  host: `${app}-0f9c2d7a1b3e.herokuapp.com`,
  base: new URL(`/_app/${app}/`, location.href).href,
});

const STAGES = ["Descargar el motor", "Preparar tus archivos", "Preparar Python", "Conectar la vista previa"];

export class FakeEngine implements WorkspaceEngine {
  readonly name = "integrado" as const;
  readonly workspaces: FakeWorkspace[] = [];
  #failures: number;
  readonly #hang: boolean;
  readonly #recovered: boolean;

  constructor(options: { readonly failures: number; readonly hang: boolean; readonly recovered: boolean }) {
    this.#failures = options.failures;
    this.#hang = options.hang;
    this.#recovered = options.recovered;
  }

  async start(
    spec: WorkspaceSpec,
    observer: { stages(stages: readonly StartStage[]): void },
    signal: AbortSignal,
  ): Promise<StartResult> {
    const stages = (reached: number, state: StartStage["state"]): readonly StartStage[] =>
      STAGES.map((label, index) => ({
        id: label,
        label,
        state: index < reached ? "listo" : index === reached ? state : "pendiente",
      }));
    for (let reached = 0; reached < STAGES.length; reached += 1) {
      observer.stages(stages(reached, "en-curso"));
      if (reached === 2 && this.#hang) {
        await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      }
      if (reached === 2 && this.#failures > 0) {
        this.#failures -= 1;
        observer.stages(stages(reached, "fallido"));
        return {
          status: "failed",
          failure: {
            stage: "Preparar Python",
            reason: "Python no se pudo preparar en 30 segundos.",
            remedy: "Comprueba tu conexión y vuelve a intentarlo; lo ya descargado se aprovecha.",
            detail: "TypeError: Failed to fetch dynamically imported module: /py/pyodide.mjs",
          },
        };
      }
    }
    observer.stages(stages(STAGES.length, "listo"));
    const workspace = new FakeWorkspace(spec, this.#recovered);
    this.workspaces.push(workspace);
    return { status: "started", workspace };
  }
}

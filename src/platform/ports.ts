/** What the platform asks of the world around it. It owns no clock, no randomness, no process and no disk of its own. */

/** Platform time. It may run faster than the wall; only differences and dates of this clock are meaningful inside. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `run` once after `delay` ms of platform time; the result cancels it. */
  after(delay: number, run: () => void): () => void;
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** A file of a source tree or a slug. */
export interface SourceFile {
  readonly data: Uint8Array;
  /** The executable bit of the Git tree entry. */
  readonly executable: boolean;
}

/** Relative paths (no leading slash) to files. */
export type SourceFiles = ReadonlyMap<string, SourceFile>;

/** Reads a pushed commit back from the platform's own repository of an app. */
export interface SourceTree {
  /** @param app the app's id (not its name: names change). Rejects if the commit is not there. */
  read(app: string, commit: string, signal?: AbortSignal): Promise<SourceFiles>;
}

export interface PackageRequirement {
  /** As written in the metadata, e.g. `Werkzeug`. */
  readonly name: string;
  /** PEP 440 specifier set, e.g. `>=3.1.0`; empty when any version will do. */
  readonly specifier: string;
}

/** A distribution that can be installed here. */
export interface Package {
  /** As its metadata spells it, e.g. `Flask`. */
  readonly name: string;
  readonly version: string;
  /** File name of the wheel. */
  readonly wheel: string;
  /** Bytes of the wheel. */
  readonly wheelSize: number;
  /** Bytes of its METADATA file. */
  readonly metadataSize: number;
  readonly requires: readonly PackageRequirement[];
  /** Importable top-level names, e.g. `["flask"]`. */
  readonly modules: readonly string[];
}

/** Stands for the package index during a build. */
export interface PackageIndex {
  /** @param name in any spelling; compared after PEP 503 normalisation. */
  find(name: string): Package | undefined;
}

/** Where a build writes its log while it runs. Lines come without `remote: ` and without newline. */
export interface BuildOutput {
  line(text: string): void;
}

/** Everything a dyno needs to run one process. */
export interface DynoSpec {
  /** The app's id. */
  readonly app: string;
  /** E.g. `web.1`. */
  readonly name: string;
  readonly type: string;
  /** The Procfile's command, before any expansion, e.g. `gunicorn app:app`. */
  readonly command: string;
  readonly files: SourceFiles;
  /** What the build installed, transitive dependencies included. */
  readonly packages: readonly Package[];
  /** Complete environment: the buildpack's, the config vars, `PORT`, `DYNO`. */
  readonly env: Readonly<Record<string, string>>;
  /** The port that a web process must bind. */
  readonly port: number;
}

/** What a running dyno tells the platform. After `exited` nothing more comes. */
export interface DynoObserver {
  /** One line of standard output or standard error, without newline. */
  output(stream: "stdout" | "stderr", line: string): void;
  /** The process listens on `port`; only the right port counts as up. */
  listening(port: number): void;
  /** @param code exit status as the shell would see it: 0–255, 128+n for a signal. */
  exited(code: number): void;
}

/** Header fields in order, names as they were sent; a name may come twice (Set-Cookie). */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

export interface DynoRequest {
  readonly method: string;
  /** Path with query, e.g. `/saludo?nombre=Ana`. */
  readonly target: string;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
}

export interface DynoResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderFields;
  /** Chunks as the application yields them; throws DynoGone if the process dies in the middle. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The process died (or was killed) before it answered. */
export class DynoGone extends Error {
  constructor(name: string) {
    super(`${name} exited before it answered`);
    this.name = "DynoGone";
  }
}

export type DynoSignal = "SIGTERM" | "SIGKILL";

export interface DynoProcess {
  /** Hands over one request. The caller never sends a second one before the first ended. Rejects with DynoGone. */
  request(request: DynoRequest): Promise<DynoResponse>;
  /** SIGTERM asks (a process stuck in a loop does not hear it), SIGKILL ends. `exited` follows. */
  signal(signal: DynoSignal): void;
}

/** Starts processes: workers in the browser, worker threads in Node, a double in unit tests. */
export interface DynoRuntime {
  start(spec: DynoSpec, observer: DynoObserver): DynoProcess;
}

/** Where the platform's state is written through. Each call resolves when the data is safe. */
export interface Storage {
  load(): Promise<StoredState | undefined>;
  /** Events since the last call, in order, with their first sequence number. */
  append(first: number, events: readonly unknown[]): Promise<void>;
  /** A snapshot of the state after `sequence` events; older events may be dropped. */
  save(sequence: number, snapshot: unknown): Promise<void>;
}

export interface StoredState {
  readonly sequence: number;
  readonly snapshot: unknown;
  /** Events after the snapshot. */
  readonly events: readonly unknown[];
}

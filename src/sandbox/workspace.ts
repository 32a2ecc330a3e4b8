/**
 * The port between the workbench and an engine, shaped after the WebContainer API: files, terminals, previews, dispose.
 * The workbench knows nothing else of an engine; a second engine is a second implementation of `WorkspaceEngine`.
 */

import type { ExerciseDefinition, StepState } from "../exercise/schema";

export type EngineName = "integrado" | "webcontainer";

export interface StartStage {
  readonly id: string;
  /** For the learner, in Spanish, e.g. "Preparar Python". */
  readonly label: string;
  readonly state: "pendiente" | "en-curso" | "listo" | "fallido";
}

/** Why an engine did not start. All texts are Spanish sentences for the learner but `detail`. */
export interface StartFailure {
  readonly stage: string;
  readonly reason: string;
  readonly remedy: string;
  /** The raw message, shown small. */
  readonly detail: string;
}

export type StartResult =
  | { readonly status: "started"; readonly workspace: Workspace }
  | { readonly status: "failed"; readonly failure: StartFailure };

export interface WorkspaceSpec {
  /** `[a-z0-9-]+`; names the stored state and the preview's address. */
  readonly id: string;
  readonly exercise: ExerciseDefinition;
}

export interface WorkspaceEngine {
  readonly name: EngineName;
  /** Never rejects but for the signal; has a deadline of its own. May be called again after a failure. */
  start(
    spec: WorkspaceSpec,
    observer: { stages(stages: readonly StartStage[]): void },
    signal: AbortSignal,
  ): Promise<StartResult>;
}

export interface FileInfo {
  /** Absolute. */
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink";
}

export type WorkspaceFileChange =
  | { readonly kind: "write"; readonly path: string; readonly node: FileInfo["kind"] }
  | { readonly kind: "remove"; readonly path: string };

/** The learner's files. Paths are absolute. Promises reject with an Error whose message is fit to show (Spanish). */
export interface WorkspaceFiles {
  /** Everything below `path`, `.git` left out, parents first. */
  list(path: string): Promise<readonly FileInfo[]>;
  /** Undefined when it is not there. */
  read(path: string): Promise<Uint8Array | undefined>;
  write(path: string, data: Uint8Array): Promise<void>;
  makeDirectory(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Changes made by anybody (also by `write` above), in order. */
  watch(listener: (changes: readonly WorkspaceFileChange[]) => void): () => void;
}

/** A terminal with a shell in it: bytes in, bytes out, like the process `jsh` of a WebContainer. */
export interface WorkspaceTerminal {
  /** What the learner types or pastes, as xterm gives it. */
  write(data: string): void;
  onData(listener: (data: Uint8Array) => void): () => void;
  resize(columns: number, rows: number): void;
  dispose(): void;
}

/** An application that a preview can show. */
export interface PreviewTarget {
  readonly app: string;
  /** E.g. `hola-flask-0f9c2d7a1b3e.herokuapp.com`, shown in the address bar. */
  readonly host: string;
  /** Where its root really is, ending in `/`, e.g. `http://localhost:4322/_app/abc/hola-flask/`. */
  readonly base: string;
}

export interface ExerciseProgress {
  /** In the order of the exercise. */
  readonly steps: readonly StepState[];
}

export interface Workspace {
  readonly engine: EngineName;
  /** Where the exercise's folder is, e.g. `/home/estudiante/hola-flask`. */
  readonly folder: string;
  readonly files: WorkspaceFiles;
  openTerminal(size: { columns: number; rows: number }): WorkspaceTerminal;
  /** Applications that exist now, and every later change of that list. Called at once with the present state. */
  onApps(listener: (apps: readonly PreviewTarget[]) => void): () => void;
  /** `heroku open`: show this application, at this path (starting with `/`). */
  onOpen(listener: (target: PreviewTarget, path: string) => void): () => void;
  /** The application answers something new (a release, a dyno that came up): a preview may reload. */
  onAppChanged(listener: (app: string) => void): () => void;
  /** The steps' states; called at once with the present one. */
  onProgress(listener: (progress: ExerciseProgress) => void): () => void;
  /** The platform's clock: `rate` 1 is the wall's pace. */
  readonly clock: { rate(): number; setRate(rate: number): Promise<void> };
  /** Everything as it was at the start of the exercise: files, repositories, applications. */
  reset(): Promise<void>;
  /** What was stored could not be read and was set aside: show it and offer the file. Undefined normally. */
  readonly recovered?: { readonly reason: string; readonly fileName: string; readonly data: Uint8Array };
  /** The engine died in the middle (worker crashed, storage refused …). Called at most once per cause. */
  onTrouble(
    listener: (trouble: { readonly reason: string; readonly remedy: string; readonly fatal: boolean }) => void,
  ): () => void;
  dispose(): Promise<void>;
}

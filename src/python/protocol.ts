/** Messages between the runtime and a dyno worker. Both ends are ours and of the same build. */

import type { HeaderFields } from "../platform/ports";
import type { PythonAssets } from "./assets";

/** One program to run in a worker. */
export interface ProgramSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Normalised names of the installed distributions. */
  readonly packages: readonly string[];
  readonly port: number;
  /** How many gunicorn workers died before this one in the same dyno. */
  readonly replaces: number;
}

export interface ProgramFile {
  /** Relative to /app. */
  readonly path: string;
  readonly data: Uint8Array;
  readonly executable: boolean;
}

export type ToWorker =
  /** First of all. A `warm` worker imports Flask and its companions beforehand. */
  | { readonly type: "boot"; readonly assets: PythonAssets; readonly warm: boolean }
  /** Once. */
  | { readonly type: "start"; readonly spec: ProgramSpec; readonly files: readonly ProgramFile[] }
  /** A whole HTTP/1.1 request, one at a time. */
  | { readonly type: "request"; readonly id: number; readonly raw: Uint8Array }
  /** The reader of a response has taken so many more bytes. */
  | { readonly type: "taken"; readonly id: number; readonly bytes: number }
  /** Nobody reads the response any more. */
  | { readonly type: "abandon"; readonly id: number }
  | { readonly type: "terminate" };

/** What serves: gunicorn's master watches its worker, so the runtime has to. */
export type ServerDetails =
  | {
      readonly program: "gunicorn";
      /** Seconds that a request may take; 0 for ever. */
      readonly timeout: number;
      /** Process ids that its log lines show. */
      readonly master: number;
      readonly worker: number;
    }
  | { readonly program: string };

export type FromWorker =
  | { readonly type: "ready" }
  /** Python itself could not be started. */
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "output"; readonly stream: "stdout" | "stderr"; readonly line: string }
  | { readonly type: "listening"; readonly host: string; readonly port: number; readonly details: ServerDetails }
  /** Whether the program has a handler of its own for SIGTERM. */
  | { readonly type: "handles-sigterm"; readonly handles: boolean }
  | {
      readonly type: "head";
      readonly id: number;
      readonly status: number;
      readonly reason: string;
      readonly headers: HeaderFields;
    }
  | { readonly type: "chunk"; readonly id: number; readonly data: Uint8Array }
  /** `complete` is false when nothing was answered. */
  | { readonly type: "end"; readonly id: number; readonly complete: boolean }
  | { readonly type: "exited"; readonly code: number };

/** A worker as the runtime sees it: of the browser, or a thread of Node. */
export interface DynoWorker {
  postMessage(message: ToWorker, transfer?: ArrayBuffer[]): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** The worker died by itself. */
  onError(listener: (reason: string) => void): void;
  terminate(): void;
}

/** The inside of a worker, as the dyno sees it. */
export interface WorkerScope {
  post(message: FromWorker, transfer?: ArrayBuffer[]): void;
  onMessage(listener: (message: ToWorker) => void): void;
  /** The module at a URL. */
  importModule(url: string): Promise<unknown>;
  /** The bytes at a URL, at once; undefined when they cannot be had. */
  readNow(url: string): Uint8Array | undefined;
}

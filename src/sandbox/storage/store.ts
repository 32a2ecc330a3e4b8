/** Where a workspace is kept. One ordered queue: what is stored is always a prefix of what happened. */

import type { FileChange, FileEntry } from "../../files/tree";
import type { Storage } from "../../platform/ports";

/** The learner's home, and the platform's bare repositories. */
export type TreeName = "home" | "server";

export interface StoredWorkspace {
  readonly trees: Readonly<Record<TreeName, readonly (readonly [path: string, entry: FileEntry])[]>>;
  /** Small values by name: the shell's state, the steps' states. Not validated: whoever reads them does. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface WorkspaceStore {
  /** Undefined when nothing is stored. Rejects with UnknownVersion when a newer build wrote it. */
  load(): Promise<StoredWorkspace | undefined>;
  /** Queues the changes; they are written in the order of the calls. */
  saveFiles(tree: TreeName, changes: readonly FileChange[]): void;
  saveValue(name: string, value: unknown): void;
  readonly platform: Storage;
  /** Resolves when everything queued so far is safe. */
  flush(): Promise<void>;
  /** Called once when a write fails (storage full or refused); later writes are dropped. */
  onFailure(listener: (error: Error) => void): void;
  /** Everything stored, as one JSON file, whatever its version. */
  export(): Promise<Uint8Array>;
  /** Empties the store. */
  clear(): Promise<void>;
  close(): void;
}

/** The stored state has a version that this build does not know. */
export class UnknownVersion extends Error {
  constructor(version: unknown) {
    super(`stored version ${String(version)} is not known`);
    this.name = "UnknownVersion";
  }
}

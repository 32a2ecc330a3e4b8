/** Opening a workspace: the lock that keeps two tabs apart, what is stored, and what to do when that cannot be read. */

import { UnreadableState } from "../../platform/open";
import { databaseName, openIndexedDbStore } from "../storage/indexed-db";
import { memoryStore } from "../storage/memory";
import { UnknownVersion, type WorkspaceStore } from "../storage/store";
import { deleteDatabase, exportUnknownDatabase } from "../storage/unknown";
import type { Session } from "./session";

/** Milliseconds that a reloaded page waits for the one before it to let go. */
const LOCK_DEADLINE = 4_000;

/** Another tab has this workspace open. */
export class WorkspaceBusy extends Error {
  constructor() {
    super("the workspace is open in another tab");
    this.name = "WorkspaceBusy";
  }
}

/** Holds the workspace until this worker ends. Rejects with WorkspaceBusy. */
export async function lockWorkspace(workspace: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const waiting = AbortSignal.timeout(LOCK_DEADLINE);
    navigator.locks
      .request(databaseName(workspace), { signal: waiting }, () => {
        resolve();
        // Never settles: the lock goes with the worker.
        return new Promise(() => undefined);
      })
      .catch(() => reject(new WorkspaceBusy()));
  });
}

export interface Recovered {
  readonly reason: string;
  readonly fileName: string;
  readonly data: Uint8Array;
}

export interface Opened {
  readonly session: Session;
  readonly store: WorkspaceStore;
  readonly recovered: Recovered | undefined;
  /** False when the browser refuses storage: nothing will survive a reload. */
  readonly kept: boolean;
}

/** Opens what is stored; what cannot be read is set aside as a file, and the exercise starts anew. */
export async function openWorkspace(
  workspace: string,
  open: (store: WorkspaceStore) => Promise<Session>,
): Promise<Opened> {
  let store: WorkspaceStore;
  let recovered: Recovered | undefined;
  try {
    store = await openIndexedDbStore(workspace);
  } catch (error) {
    if (!(error instanceof UnknownVersion)) {
      const memory = memoryStore();
      return { session: await open(memory), store: memory, recovered, kept: false };
    }
    recovered = setAside(workspace, await exportUnknownDatabase(databaseName(workspace)));
    await deleteDatabase(databaseName(workspace));
    store = await openIndexedDbStore(workspace);
  }
  try {
    return { session: await open(store), store, recovered, kept: true };
  } catch (error) {
    if (!(error instanceof UnknownVersion || error instanceof UnreadableState)) throw error;
    recovered = setAside(workspace, await store.export());
    await store.clear();
    return { session: await open(store), store, recovered, kept: true };
  }
}

function setAside(workspace: string, data: Uint8Array): Recovered {
  return {
    reason:
      "Lo que había guardado de este ejercicio es de otra versión del taller y no se pudo leer, así que empieza de nuevo.",
    fileName: `despliega-${workspace}.json`,
    data,
  };
}

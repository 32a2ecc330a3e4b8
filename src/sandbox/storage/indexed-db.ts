/** The store in IndexedDB on the sandbox origin, one database per workspace. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { FileChange, FileEntry } from "../../files/tree";
import type { StoredState } from "../../platform/ports";
import { readable } from "./readable";
import { type StoredWorkspace, type TreeName, UnknownVersion, type WorkspaceStore } from "./store";

/** Version of what the stores contain; IndexedDB's own version is that of the stores themselves. */
const CONTENT_VERSION = 1;
const DATABASE_VERSION = 1;

interface Schema extends DBSchema {
  /** Key: tree, then absolute path. */
  files: { key: [TreeName, string]; value: FileEntry };
  values: { key: string; value: unknown };
  /** Key: sequence number. */
  events: { key: number; value: unknown };
}

type Write =
  | { readonly kind: "files"; readonly tree: TreeName; readonly changes: readonly FileChange[] }
  | { readonly kind: "value"; readonly name: string; readonly value: unknown }
  | { readonly kind: "events"; readonly first: number; readonly events: readonly unknown[] }
  | { readonly kind: "snapshot"; readonly sequence: number; readonly snapshot: unknown };

/** Everything below a path, the path itself included: `\uffff` sorts after any character of a name. */
const below = (tree: TreeName, path: string) => IDBKeyRange.bound([tree, `${path}/`], [tree, `${path}/\uffff`]);
const whole = (tree: TreeName) => IDBKeyRange.bound([tree, ""], [tree, "\uffff"]);

/** One database per workspace. */
export function databaseName(workspace: string): string {
  return `despliega:${workspace}`;
}

/** Opens (or creates) the store. Rejects where the browser refuses storage. */
export async function openIndexedDbStore(workspace: string): Promise<WorkspaceStore> {
  const name = databaseName(workspace);
  const open = () =>
    openDB<Schema>(name, DATABASE_VERSION, {
      upgrade(database) {
        database.createObjectStore("files");
        database.createObjectStore("values");
        database.createObjectStore("events");
      },
    });
  let database: IDBPDatabase<Schema>;
  try {
    database = await open();
  } catch (error) {
    if (error instanceof DOMException && error.name === "VersionError") throw new UnknownVersion("newer");
    throw error;
  }

  let queue: Write[] = [];
  let writing: Promise<void> | undefined;
  let failure: Error | undefined;
  const listeners = new Set<(error: Error) => void>();

  /** Writes whole batches one after the other; each is one transaction. */
  const drain = async () => {
    while (queue.length > 0 && !failure) {
      const batch = queue;
      queue = [];
      try {
        await writeBatch(database, batch);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        for (const listener of listeners) listener(failure);
      }
    }
    writing = undefined;
  };
  const enqueue = (write: Write) => {
    if (failure) return;
    queue.push(write);
    // A microtask gathers what one command does in one go.
    writing ??= Promise.resolve().then(drain);
  };
  const flush = async () => {
    while (writing) await writing;
  };

  return {
    async load() {
      const version = await database.get("values", "version");
      if (version === undefined) {
        enqueue({ kind: "value", name: "version", value: CONTENT_VERSION });
        return undefined;
      }
      if (version !== CONTENT_VERSION) throw new UnknownVersion(version);
      return readWorkspace(database);
    },
    saveFiles: (tree, changes) => enqueue({ kind: "files", tree, changes }),
    saveValue: (name, value) => enqueue({ kind: "value", name, value }),
    platform: {
      load: () => readPlatform(database),
      async append(first, events) {
        enqueue({ kind: "events", first, events });
        await flush();
      },
      async save(sequence, snapshot) {
        enqueue({ kind: "snapshot", sequence, snapshot });
        await flush();
      },
    },
    flush,
    onFailure: (listener) => void listeners.add(listener),
    async export() {
      const dump = {
        files: await readPairs(database, "files"),
        values: await readPairs(database, "values"),
        events: await readPairs(database, "events"),
      };
      return new TextEncoder().encode(JSON.stringify(dump, readable, 1));
    },
    async clear() {
      await flush();
      queue = [];
      const transaction = database.transaction(["files", "values", "events"], "readwrite");
      await Promise.all([
        transaction.objectStore("files").clear(),
        transaction.objectStore("values").clear(),
        transaction.objectStore("events").clear(),
        transaction.objectStore("values").put(CONTENT_VERSION, "version"),
        transaction.done,
      ]);
    },
    close: () => database.close(),
  };
}

async function writeBatch(database: IDBPDatabase<Schema>, batch: readonly Write[]): Promise<void> {
  const transaction = database.transaction(["files", "values", "events"], "readwrite", { durability: "relaxed" });
  const files = transaction.objectStore("files");
  const values = transaction.objectStore("values");
  const events = transaction.objectStore("events");
  const pending: Promise<unknown>[] = [];
  for (const write of batch) {
    switch (write.kind) {
      case "files":
        for (const change of write.changes) {
          if (change.kind === "write") pending.push(files.put(change.node, [write.tree, change.path]));
          else {
            pending.push(files.delete([write.tree, change.path]));
            pending.push(files.delete(below(write.tree, change.path)));
          }
        }
        break;
      case "value":
        pending.push(values.put(write.value, write.name));
        break;
      case "events":
        for (const [index, event] of write.events.entries()) pending.push(events.put(event, write.first + index));
        break;
      case "snapshot":
        pending.push(values.put({ sequence: write.sequence, snapshot: write.snapshot }, "platform"));
        pending.push(events.delete(IDBKeyRange.upperBound(write.sequence, true)));
        break;
    }
  }
  await Promise.all([...pending, transaction.done]);
}

async function readWorkspace(database: IDBPDatabase<Schema>): Promise<StoredWorkspace> {
  const transaction = database.transaction(["files", "values"]);
  const files = transaction.objectStore("files");
  const tree = async (name: TreeName) => {
    const [keys, entries] = await Promise.all([files.getAllKeys(whole(name)), files.getAll(whole(name))]);
    return keys.flatMap(([, path], index) => {
      const entry = entries[index];
      return entry ? [[path, entry] as const] : [];
    });
  };
  const values = transaction.objectStore("values");
  const [home, server, names, contents] = await Promise.all([
    tree("home"),
    tree("server"),
    values.getAllKeys(),
    values.getAll(),
  ]);
  return { trees: { home, server }, values: Object.fromEntries(names.map((name, index) => [name, contents[index]])) };
}

async function readPlatform(database: IDBPDatabase<Schema>): Promise<StoredState | undefined> {
  const transaction = database.transaction(["values", "events"]);
  const stored: unknown = await transaction.objectStore("values").get("platform");
  const known = typeof stored === "object" && stored !== null && "sequence" in stored && "snapshot" in stored;
  const sequence = known && typeof stored.sequence === "number" ? stored.sequence : 0;
  const events = await transaction.objectStore("events").getAll(IDBKeyRange.lowerBound(sequence));
  if (!known && events.length === 0) return undefined;
  return { sequence, snapshot: known ? stored.snapshot : undefined, events };
}

async function readPairs(
  database: IDBPDatabase<Schema>,
  store: "files" | "values" | "events",
): Promise<[IDBValidKey, unknown][]> {
  const transaction = database.transaction(store);
  const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  return keys.map((key, index) => [key, values[index]]);
}

/** What can be done with a database that a newer build made: save what is in it, and make room. */

import { deleteDB, openDB } from "idb";
import { readable } from "./readable";

/** Everything in the database, whatever its stores, as one JSON file. */
export async function exportUnknownDatabase(name: string): Promise<Uint8Array> {
  const database = await openDB(name);
  try {
    const dump: Record<string, unknown> = {};
    for (const store of database.objectStoreNames) {
      const transaction = database.transaction(store);
      const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
      dump[store] = keys.map((key, index) => [key, values[index]]);
    }
    return new TextEncoder().encode(JSON.stringify(dump, readable, 1));
  } finally {
    database.close();
  }
}

export async function deleteDatabase(name: string): Promise<void> {
  await deleteDB(name);
}

/** The store where nothing can be kept: tests, and browsers that refuse storage. */

import type { StoredState } from "../../platform/ports";
import type { WorkspaceStore } from "./store";

/** Forgets everything at the end of the page. */
export function memoryStore(): WorkspaceStore {
  let platform: StoredState | undefined;
  return {
    load: async () => undefined,
    saveFiles: () => undefined,
    saveValue: () => undefined,
    platform: {
      load: async () => platform,
      async append(first, events) {
        platform = {
          sequence: platform?.sequence ?? first,
          snapshot: platform?.snapshot,
          events: [...(platform?.events ?? []), ...events],
        };
      },
      async save(sequence, snapshot) {
        platform = { sequence, snapshot, events: [] };
      },
    },
    flush: async () => undefined,
    onFailure: () => undefined,
    export: async () => new TextEncoder().encode("{}"),
    async clear() {
      platform = undefined;
    },
    close: () => undefined,
  };
}

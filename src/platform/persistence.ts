/** Reads the stored state back and writes every event through. */

import { z } from "zod";
import { eventSchema, fold, type PlatformEvent } from "./events";
import { EMPTY_STATE, type PlatformState, stateSchema } from "./model/state";
import type { Storage, StoredState } from "./ports";

const SNAPSHOT_EVERY = 50;

const snapshotSchema = z.object({ version: z.literal(1), state: stateSchema });
type Snapshot = z.infer<typeof snapshotSchema>;

/** What is stored was written by another version, or is damaged. `stored` is all that there was, for an export. */
export class UnreadableState extends Error {
  readonly stored: StoredState;

  constructor(stored: StoredState, cause: unknown) {
    super("the stored state of the platform cannot be read", { cause });
    this.name = "UnreadableState";
    this.stored = stored;
  }
}

export interface LoadedState {
  readonly state: PlatformState;
  /** Events that led to it, all in all. */
  readonly sequence: number;
}

/** Rejects with UnreadableState, or with what the storage itself rejects with. */
export async function loadState(storage: Storage): Promise<LoadedState> {
  const stored = await storage.load();
  if (!stored) return { state: EMPTY_STATE, sequence: 0 };
  try {
    const state = stored.snapshot === undefined ? EMPTY_STATE : snapshotSchema.parse(stored.snapshot).state;
    const events = z.array(eventSchema).parse(stored.events);
    return { state: events.reduce(fold, state), sequence: stored.sequence + events.length };
  } catch (error) {
    throw new UnreadableState(stored, error);
  }
}

/** Appends events in order, one call at a time, and saves a snapshot now and then. */
export class WriteThrough {
  private readonly storage: Storage;
  private stored: number;
  private snapshotAt: number;
  private pending: PlatformEvent[] = [];
  private latest: PlatformState | undefined;
  private running: Promise<void> | undefined;

  /** @param sequence events that are in storage already */
  constructor(storage: Storage, sequence: number) {
    this.storage = storage;
    this.stored = sequence;
    this.snapshotAt = sequence;
  }

  add(event: PlatformEvent, state: PlatformState): void {
    this.pending.push(event);
    this.latest = state;
    // A failure keeps the events; the next event or `flush` tries again, and `flush` reports it.
    this.write().catch(() => undefined);
  }

  /** Resolves when all that was added is safe; rejects with the storage's error. */
  async flush(): Promise<void> {
    while (this.running || this.pending.length > 0) await this.write();
  }

  private write(): Promise<void> {
    this.running ??= this.drain();
    return this.running;
  }

  private async drain(): Promise<void> {
    try {
      // Events of one turn travel together.
      await Promise.resolve();
      while (this.pending.length > 0) await this.writePending(this.latest);
    } finally {
      // In the same turn as the last look at `pending`: an event added later starts a new drain.
      this.running = undefined;
    }
  }

  private async writePending(state: PlatformState | undefined): Promise<void> {
    const events = [...this.pending];
    await this.storage.append(this.stored, events);
    this.pending = this.pending.slice(events.length);
    this.stored += events.length;
    if (!state || this.stored - this.snapshotAt < SNAPSHOT_EVERY) return;
    const snapshot: Snapshot = { version: 1, state };
    await this.storage.save(this.stored, snapshot);
    this.snapshotAt = this.stored;
  }
}

/** The stream of events: folds them into the state, tells the readers, hands them to storage. */

import { fold, type PlatformEvent } from "./events";
import type { PlatformState } from "./model/state";

export type EventListener = (event: PlatformEvent, state: PlatformState) => void;

export class EventStore {
  private current: PlatformState;
  private readonly listeners = new Set<EventListener>();
  private readonly untold: (readonly [PlatformEvent, PlatformState])[] = [];
  private telling = false;

  constructor(initial: PlatformState) {
    this.current = initial;
  }

  get state(): PlatformState {
    return this.current;
  }

  /** Folds `event` in and tells every listener. What a listener records in turn is told after it, in order. */
  record(event: PlatformEvent): void {
    this.current = fold(this.current, event);
    this.untold.push([event, this.current]);
    if (this.telling) return;
    this.telling = true;
    try {
      for (let next = this.untold.shift(); next; next = this.untold.shift()) {
        for (const listener of [...this.listeners]) listener(...next);
      }
    } finally {
      this.telling = false;
    }
  }

  onEvent(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

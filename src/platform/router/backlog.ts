/** A process takes one request at a time; the others wait in its backlog, in order. */

import type { DynoRun } from "../dynos/run";

/** Requests per dyno. Source: Dev Center, "HTTP Routing" (legacy router; Router 2.0 publishes no number). */
export const MAX_BACKLOG = 50;

export interface Turn {
  /** Resolves when the process is free for this request; rejects with DynoGone. */
  readonly ready: Promise<void>;
  /** The request is over, or gives up waiting. */
  leave(): void;
}

export class Backlog {
  private readonly run: DynoRun;
  private readonly turns: PromiseWithResolvers<void>[] = [];

  constructor(run: DynoRun) {
    this.run = run;
  }

  get full(): boolean {
    return this.turns.length >= MAX_BACKLOG;
  }

  enter(): Turn {
    const turn = Promise.withResolvers<void>();
    // Nobody may be listening any more when the process dies.
    turn.promise.catch(() => undefined);
    const forget = this.run.onGone(turn.reject);
    this.turns.push(turn);
    this.turns[0]?.resolve();
    return {
      ready: turn.promise,
      leave: () => {
        forget();
        const index = this.turns.indexOf(turn);
        if (index >= 0) this.turns.splice(index, 1);
        this.turns[0]?.resolve();
      },
    };
  }
}

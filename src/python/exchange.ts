/** One request on its way through a worker, seen from outside. */

import { DynoGone, type DynoResponse, type HeaderFields } from "../platform/ports";

export interface ExchangeOwner {
  readonly name: string;
  taken(id: number, bytes: number): void;
  abandon(id: number): void;
}

/** Turns the messages about one request into a response whose body can be read at the reader's pace. */
export class Exchange {
  readonly response: Promise<DynoResponse>;
  private resolve: (response: DynoResponse) => void = () => {};
  private reject: (error: DynoGone) => void = () => {};
  private readonly chunks: Uint8Array[] = [];
  private end: "open" | "complete" | "broken" = "open";
  private headed = false;
  private wake: () => void = () => {};

  constructor(
    readonly id: number,
    private readonly owner: ExchangeOwner,
  ) {
    this.response = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever asked may have left by the time that the process dies.
    this.response.catch(() => {});
  }

  /** Whether the response has begun. */
  get answered(): boolean {
    return this.headed;
  }

  head(status: number, reason: string, headers: HeaderFields): void {
    if (this.headed) return;
    this.headed = true;
    this.resolve({ status, reason, headers, body: this.body() });
  }

  chunk(data: Uint8Array): void {
    if (this.end !== "open") return;
    this.chunks.push(data);
    this.wake();
  }

  complete(): void {
    if (!this.headed) {
      this.fail();
      return;
    }
    if (this.end === "open") this.end = "complete";
    this.wake();
  }

  /** The process died. */
  fail(): void {
    if (this.end === "open") this.end = "broken";
    this.reject(new DynoGone(this.owner.name));
    this.wake();
  }

  private async *body(): AsyncGenerator<Uint8Array, void> {
    let finished = false;
    try {
      for (;;) {
        const chunk = this.chunks.shift();
        if (chunk) {
          this.owner.taken(this.id, chunk.length);
          yield chunk;
        } else if (this.end === "complete") {
          finished = true;
          return;
        } else if (this.end === "broken") {
          finished = true;
          throw new DynoGone(this.owner.name);
        } else {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
      }
    } finally {
      if (!finished && this.end === "open") this.owner.abandon(this.id);
    }
  }
}

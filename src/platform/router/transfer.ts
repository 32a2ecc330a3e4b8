/** Carries a response's body from the dyno to the client: buffers like the router, and notices who went silent. */

import { type Clock, DynoGone } from "../ports";
import { waitFor } from "./wait";

/** Bytes. Source: Dev Center, "HTTP Routing", response buffering. */
const BUFFER = 1024 * 1024;
/** Source: the same page, timeouts: a rolling 55 s window after the first byte. */
const IDLE = 55_000;

export type TransferEnd = "complete" | "backend-gone" | "backend-idle" | "client-gone" | "client-idle";

export interface TransferOptions {
  readonly clock: Clock;
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  /** Called once. @param bytes of the body that came from the dyno */
  ended(end: TransferEnd, bytes: number): void;
  /** Called once, not before `ended`: the process can take another request. */
  freed(): void;
}

/**
 * Reads `body` at once, whether or not the client reads already: a dyno is free when it has answered.
 * The result throws DynoGone when the process died in the middle or went silent.
 */
export function transfer(body: AsyncIterable<Uint8Array>, options: TransferOptions): AsyncIterable<Uint8Array> {
  const pipe = new Pipe();
  pump(body, pipe, options).catch((error: unknown) => pipe.fail(error));
  return pipe.read();
}

async function pump(body: AsyncIterable<Uint8Array>, pipe: Pipe, options: TransferOptions): Promise<void> {
  const { clock, signal } = options;
  const chunks = body[Symbol.asyncIterator]();
  let bytes = 0;
  const end = (how: TransferEnd) => {
    options.ended(how, bytes);
    if (how === "complete") options.freed();
    else giveUp(chunks).finally(options.freed);
  };
  try {
    while (true) {
      const next = await waitFor(Promise.race([chunks.next(), pipe.clientGone]), clock, IDLE, signal);
      if (next.kind === "timeout") {
        end("backend-idle");
        return pipe.fail(new DynoGone(options.name));
      }
      if (next.kind === "aborted" || next.value === "client-gone") {
        end("client-gone");
        return pipe.fail(signal?.reason);
      }
      if (next.value.done) {
        end("complete");
        return pipe.end();
      }
      bytes += next.value.value.byteLength;
      pipe.push(next.value.value);
      if (pipe.buffered <= BUFFER) continue;
      const room = await waitFor(Promise.race([pipe.drained(), pipe.clientGone]), clock, IDLE, signal);
      if (room.kind === "done" && room.value !== "client-gone") continue;
      end(room.kind === "timeout" ? "client-idle" : "client-gone");
      return pipe.fail(signal?.reason ?? new DynoGone(options.name));
    }
  } catch (error) {
    end("backend-gone");
    pipe.fail(error);
  }
}

/** The rest of a response that nobody reads. A process that is computing hears of it only with its next chunk. */
async function giveUp(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    await chunks.return?.();
  } catch {
    // The process died: that ends the response as well.
  }
}

class Pipe {
  private queue: Uint8Array[] = [];
  private done: { readonly error?: unknown; readonly failed: boolean } | undefined;
  private readable = Promise.withResolvers<void>();
  private room = Promise.withResolvers<void>();
  private readonly gone = Promise.withResolvers<"client-gone">();
  buffered = 0;

  /** Resolves when the reader stops before the end. */
  get clientGone(): Promise<"client-gone"> {
    return this.gone.promise;
  }

  push(chunk: Uint8Array): void {
    this.queue.push(chunk);
    this.buffered += chunk.byteLength;
    this.readable.resolve();
  }

  end(): void {
    this.done ??= { failed: false };
    this.readable.resolve();
  }

  fail(error: unknown): void {
    this.done ??= { error, failed: true };
    this.readable.resolve();
  }

  async drained(): Promise<"drained"> {
    while (this.buffered > 0) {
      this.room = Promise.withResolvers<void>();
      await this.room.promise;
    }
    return "drained";
  }

  async *read(): AsyncGenerator<Uint8Array> {
    try {
      while (true) {
        const chunks = this.queue;
        this.queue = [];
        for (const chunk of chunks) {
          this.buffered -= chunk.byteLength;
          this.room.resolve();
          yield chunk;
        }
        if (this.queue.length > 0) continue;
        if (this.done?.failed) throw this.done.error;
        if (this.done) return;
        this.readable = Promise.withResolvers<void>();
        await this.readable.promise;
      }
    } finally {
      this.gone.resolve("client-gone");
    }
  }
}

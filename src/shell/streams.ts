/** Ends of streams: files, texts, collectors, the empty ones; and reading by lines. */

import type { FileTree } from "../files/tree";
import type { Sink, Source } from "./command";
import { interruptible } from "./interpreter/tick";

const encoder = new TextEncoder();

export function toBytes(chunk: Uint8Array | string): Uint8Array {
  return typeof chunk === "string" ? encoder.encode(chunk) : chunk;
}

export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const total = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    total.set(chunk, at);
    at += chunk.byteLength;
  }
  return total;
}

/** Keeps everything that is written, for `$(…)`. */
export class Collector implements Sink {
  readonly isTerminal = false;
  private readonly chunks: Uint8Array[] = [];

  async write(chunk: Uint8Array | string): Promise<void> {
    this.chunks.push(toBytes(chunk));
  }

  bytes(): Uint8Array {
    return concatenate(this.chunks);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }
}

/** Writes to the end of a file; `truncate` empties it at once. */
export function fileSink(files: FileTree, path: string, truncate: boolean): Sink {
  if (truncate || !files.exists(path)) files.writeFile(path, "");
  return {
    isTerminal: false,
    async write(chunk) {
      files.appendFile(path, chunk);
    },
  };
}

export const NULL_SINK: Sink = { isTerminal: false, write: async () => undefined };
export const NULL_SOURCE: Source = { isTerminal: false, read: async () => undefined };

/** Gives the bytes once, then the end. */
export function bytesSource(bytes: Uint8Array): Source {
  let left: Uint8Array | undefined = bytes;
  return {
    isTerminal: false,
    async read() {
      const chunk = left;
      left = undefined;
      return chunk && chunk.byteLength > 0 ? chunk : undefined;
    },
  };
}

export async function readAll(source: Source): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await source.read(); chunk; chunk = await source.read()) chunks.push(chunk);
  return concatenate(chunks);
}

/** Lines without their newline; the last one may have had none. */
export async function* readLines(source: Source): AsyncIterableIterator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for (let chunk = await source.read(); chunk; chunk = await source.read()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/** Hands out what was read too much: for `read`, which takes one line of a shared input. */
export class PushbackSource implements Source {
  private readonly back: Uint8Array[] = [];
  constructor(private readonly inner: Source) {}

  get isTerminal(): boolean {
    return this.inner.isTerminal;
  }

  async read(): Promise<Uint8Array | undefined> {
    return this.back.pop() ?? this.inner.read();
  }

  unread(bytes: Uint8Array): void {
    if (bytes.byteLength > 0) this.back.push(bytes);
  }
}

/**
 * One line without its delimiter, leaving what follows in the source; undefined at the end of the input.
 * `ended` tells that the input ended before the delimiter came.
 */
export async function readLine(
  source: PushbackSource,
  signal: AbortSignal,
  delimiter = "\n",
): Promise<{ text: string; ended: boolean } | undefined> {
  const chunks: Uint8Array[] = [];
  const end = delimiter.charCodeAt(0);
  for (;;) {
    const chunk = await interruptible(source.read(), signal);
    if (!chunk) {
      return chunks.length === 0 ? undefined : { text: new TextDecoder().decode(concatenate(chunks)), ended: true };
    }
    const at = chunk.indexOf(end);
    if (at < 0) {
      chunks.push(chunk);
      continue;
    }
    source.unread(chunk.subarray(at + 1));
    return { text: new TextDecoder().decode(concatenate([...chunks, chunk.subarray(0, at)])), ended: false };
  }
}

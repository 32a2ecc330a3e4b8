/** A pipe between two commands, with backpressure and an end on both sides. */

import { BrokenPipe, type Sink, type Source } from "./command";
import { toBytes } from "./streams";

/** Bytes that a pipe holds before its writer waits, as on Linux. */
const PIPE_CAPACITY = 64 * 1024;

/** A pipe: what is written can be read once, in order. */
export class Pipe implements Source, Sink {
  readonly isTerminal = false;
  private readonly chunks: Uint8Array[] = [];
  private held = 0;
  private writerDone = false;
  private readerDone = false;
  private readonly waiting = new Set<() => void>();

  async write(chunk: Uint8Array | string): Promise<void> {
    const bytes = toBytes(chunk);
    while (this.held >= PIPE_CAPACITY && !this.readerDone) await this.change();
    if (this.readerDone) throw new BrokenPipe();
    if (bytes.byteLength === 0) return;
    this.chunks.push(bytes);
    this.held += bytes.byteLength;
    this.wake();
  }

  async read(): Promise<Uint8Array | undefined> {
    while (this.chunks.length === 0 && !this.writerDone) await this.change();
    const chunk = this.chunks.shift();
    if (chunk) {
      this.held -= chunk.byteLength;
      this.wake();
    }
    return chunk;
  }

  /** No more will be written: the reader gets what is left, then the end. */
  closeWriter(): void {
    this.writerDone = true;
    this.wake();
  }

  /** Nobody reads any longer: writing rejects with BrokenPipe. */
  closeReader(): void {
    this.readerDone = true;
    this.wake();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  private wake(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

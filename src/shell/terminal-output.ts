/** The writing side of a terminal: line ends, gathering of small writes, and a pace that the screen can follow. */

import type { Sink } from "./command";
import { concatenate, toBytes } from "./streams";

/** Bytes gathered before they go out at once. */
const BATCH = 16 * 1024;
/** After this many bytes the writer waits for a frame, so that endless output cannot drown the page. */
const BURST = 64 * 1024;
const FRAME = 16;
/** Of the unfinished row, what is remembered at most. */
const LONGEST_ROW = 1024;

export class TerminalOutput implements Sink {
  readonly isTerminal = true;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private burst = 0;
  private tail = "";

  constructor(private readonly send: (bytes: Uint8Array) => void | Promise<void>) {}

  /** Text of commands: a newline also returns to the left. */
  async write(chunk: Uint8Array | string): Promise<void> {
    const bytes = toBytes(chunk);
    this.follow(bytes);
    this.put(withReturns(bytes));
    if (this.waitingBytes >= BATCH) await this.flush();
    if (this.burst < BURST) return;
    this.burst = 0;
    await new Promise((resolve) => setTimeout(resolve, FRAME));
  }

  /** Text of the line editor, with its own returns. */
  draw(text: string): void {
    this.put(toBytes(text));
  }

  /** What stands on the row of the cursor, left there by commands; forgets it. */
  takeRow(): string {
    const { tail } = this;
    this.tail = "";
    return tail;
  }

  get atLineStart(): boolean {
    return this.tail === "";
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waitingBytes === 0) return;
    const bytes = concatenate(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    this.burst += bytes.byteLength;
    await this.send(bytes);
  }

  private put(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.byteLength;
    this.timer ??= setTimeout(() => void this.flush(), 0);
  }

  /** Keeps what follows the last line end (or screen control) of the output. */
  private follow(bytes: Uint8Array): void {
    const end = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13));
    const text = new TextDecoder().decode(bytes.subarray(Math.max(end + 1, bytes.byteLength - LONGEST_ROW)));
    const row = end >= 0 ? text : this.tail + text;
    this.tail = row.replace(SCREEN_CONTROL, "").slice(-LONGEST_ROW);
  }
}

/** Escape sequences other than colours, with all that precedes them. */
const SCREEN_CONTROL = new RegExp(`^[\\s\\S]*${"\x1b"}(?:\\[[0-9;?]*[A-Za-ln-z]|[^[])`);

function withReturns(bytes: Uint8Array): Uint8Array {
  let newlines = 0;
  for (const byte of bytes) if (byte === 10) newlines++;
  if (newlines === 0) return bytes.slice();
  const result = new Uint8Array(bytes.byteLength + newlines);
  let at = 0;
  for (const byte of bytes) {
    if (byte === 10) result[at++] = 13;
    result[at++] = byte;
  }
  return result;
}

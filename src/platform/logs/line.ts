/** One line of an app's log stream, in the format of Logplex. */

export type LogSource = "app" | "heroku";

export interface LogLine {
  /** Microseconds since the epoch. */
  readonly time: number;
  readonly source: LogSource;
  /** `web.1`, `router`, `api` … */
  readonly dyno: string;
  readonly message: string;
}

/** Which lines a reader wants; an empty filter takes all. */
export interface LogFilter {
  readonly source?: string;
  /** A dyno (`web.1`, `router`) or a whole process type (`web`). */
  readonly dyno?: string;
  /** A process type. */
  readonly type?: string;
}

/** Bytes of a message; Logplex splits longer ones. Source: Dev Center, "Limits". */
export const MAX_MESSAGE_BYTES = 10_000;

/** E.g. `2025-09-16T02:55:24.470866+00:00 app[api]: message`. */
export function formatLine(line: LogLine): string {
  const micros = String(line.time % 1000).padStart(3, "0");
  const stamp = new Date(Math.floor(line.time / 1000)).toISOString().replace("Z", micros);
  return `${stamp}+00:00 ${line.source}[${line.dyno}]: ${line.message}`;
}

export function matches(line: LogLine, filter: LogFilter): boolean {
  const type = line.dyno.split(".")[0];
  if (filter.source && filter.source !== line.source) return false;
  if (filter.dyno && filter.dyno !== line.dyno && filter.dyno !== type) return false;
  return !filter.type || filter.type === type;
}

/** Cuts a message into pieces of at most MAX_MESSAGE_BYTES, never inside a character. */
export function splitMessage(message: string): readonly string[] {
  // A UTF-16 unit takes at most 3 bytes of UTF-8.
  if (message.length * 3 <= MAX_MESSAGE_BYTES) return [message];
  const bytes = new TextEncoder().encode(message);
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let start = 0;
  while (start < bytes.length) {
    let end = Math.min(start + MAX_MESSAGE_BYTES, bytes.length);
    while (end < bytes.length && isContinuation(bytes[end])) end -= 1;
    pieces.push(decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  return pieces.length > 0 ? pieces : [""];
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

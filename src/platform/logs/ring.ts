/** The last lines of an app's log. They live in memory only. */

import type { Clock, Random } from "../ports";
import { formatLine, type LogFilter, type LogLine, type LogSource, matches, splitMessage } from "./line";

/** Source: Dev Center, "Limits". */
export const RING_LINES = 1500;

export interface FollowOptions {
  /** How many of the lines that are there already come first. */
  readonly lines: number;
  /** Go on with new lines; otherwise end after those that are there. */
  readonly tail: boolean;
  readonly filter: LogFilter;
  readonly signal?: AbortSignal | undefined;
}

export class LogRing {
  private readonly clock: Clock;
  private readonly random: Random;
  private lines: LogLine[] = [];
  private readonly followers = new Set<Follower>();
  private lastTime = 0;
  private closed = false;

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
  }

  append(source: LogSource, dyno: string, message: string): void {
    for (const piece of splitMessage(message)) {
      const line = { time: this.nextTime(), source, dyno, message: piece };
      this.lines.push(line);
      // Cut now and then, not at every line.
      if (this.lines.length > 2 * RING_LINES) this.lines = this.lines.slice(-RING_LINES);
      for (const follower of this.followers) follower.offer(line);
    }
  }

  /** The newest lines that match, oldest first. */
  recent(count: number, filter: LogFilter = {}): readonly LogLine[] {
    if (count <= 0) return [];
    return this.lines
      .slice(-RING_LINES)
      .filter((line) => matches(line, filter))
      .slice(-count);
  }

  /** Formatted lines. Ends by itself without `tail`, else when the signal aborts or the app is destroyed. */
  follow(options: FollowOptions): AsyncIterable<string> {
    const first = this.recent(options.lines, options.filter);
    if (!options.tail || this.closed || options.signal?.aborted) return listed(first);
    const follower = new Follower(first, options.filter);
    this.followers.add(follower);
    const end = () => follower.end();
    options.signal?.addEventListener("abort", end, { once: true });
    follower.onEnd(() => {
      this.followers.delete(follower);
      options.signal?.removeEventListener("abort", end);
    });
    return follower.read();
  }

  /** Ends every follower. */
  close(): void {
    this.closed = true;
    for (const follower of [...this.followers]) follower.end();
  }

  /** Strictly increasing. The clock counts whole milliseconds: what lies between them is made up. */
  private nextTime(): number {
    const now = this.clock.now();
    const micros = Number.isInteger(now) ? now * 1000 + Math.floor(this.random.next() * 1000) : Math.floor(now * 1000);
    this.lastTime = Math.max(micros, this.lastTime + 1);
    return this.lastTime;
  }
}

/** A reader of a growing log. One that reads too slowly loses the oldest lines, and is told how many (L11). */
class Follower {
  private queue: LogLine[];
  private readonly filter: LogFilter;
  private dropped = 0;
  private ended = false;
  private wake: (() => void) | undefined;
  private readonly endListeners: (() => void)[] = [];

  constructor(first: readonly LogLine[], filter: LogFilter) {
    this.queue = [...first];
    this.filter = filter;
  }

  offer(line: LogLine): void {
    if (!matches(line, this.filter)) return;
    this.queue.push(line);
    if (this.queue.length > 2 * RING_LINES) {
      this.dropped += this.queue.length - RING_LINES;
      this.queue = this.queue.slice(-RING_LINES);
    }
    this.wake?.();
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.wake?.();
    for (const listener of this.endListeners) listener();
  }

  onEnd(listener: () => void): void {
    this.endListeners.push(listener);
  }

  async *read(): AsyncGenerator<string> {
    try {
      while (true) {
        const lines = this.queue;
        const dropped = this.dropped;
        this.queue = [];
        this.dropped = 0;
        const oldest = lines[0];
        if (dropped > 0 && oldest) yield formatLine(overflow(oldest, dropped));
        for (const line of lines) yield formatLine(line);
        if (this.queue.length > 0) continue;
        if (this.ended) return;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        this.wake = undefined;
      }
    } finally {
      this.end();
    }
  }
}

function overflow(next: LogLine, dropped: number): LogLine {
  const message = `Error L11 (Tail buffer overflow) -> This tail session dropped ${dropped} messages.`;
  return { time: next.time, source: "heroku", dyno: "logplex", message };
}

async function* listed(lines: readonly LogLine[]): AsyncGenerator<string> {
  for (const line of lines) yield formatLine(line);
}

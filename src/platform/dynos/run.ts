/** One process in a dyno, from its start to its exit. */

import type { DynoObserver, DynoSignal, DynoSpec } from "../ports";
import { DynoGone, type DynoProcess, type DynoRequest, type DynoResponse, type DynoRuntime } from "../ports";

export class DynoRun {
  readonly spec: DynoSpec;
  private readonly runtime: DynoRuntime;
  private readonly observer: DynoObserver;
  private process: DynoProcess | undefined;
  private gone = false;
  private quiet = false;
  private readonly watchers = new Set<(error: DynoGone) => void>();

  /** @param observer hears nothing any more after `exited` */
  constructor(runtime: DynoRuntime, spec: DynoSpec, observer: DynoObserver) {
    this.runtime = runtime;
    this.spec = spec;
    this.observer = observer;
  }

  /** E.g. `web.1`. */
  get name(): string {
    return this.spec.name;
  }

  get exited(): boolean {
    return this.gone;
  }

  /** Throws what the runtime throws when it cannot start a process at all. */
  start(): void {
    this.process = this.runtime.start(this.spec, {
      output: (stream, line) => {
        if (!this.gone && !this.quiet) this.observer.output(stream, line);
      },
      listening: (port) => {
        if (!this.gone) this.observer.listening(port);
      },
      exited: (code) => {
        if (this.gone) return;
        this.gone = true;
        for (const watcher of [...this.watchers]) watcher(new DynoGone(this.name));
        this.watchers.clear();
        this.observer.exited(code);
      },
    });
  }

  signal(signal: DynoSignal): void {
    if (!this.gone) this.process?.signal(signal);
  }

  /** Calls `listener` when the process is gone; the result stops that. */
  onGone(listener: (error: DynoGone) => void): () => void {
    if (this.gone) listener(new DynoGone(this.name));
    else this.watchers.add(listener);
    return () => this.watchers.delete(listener);
  }

  /**
   * Hands over one request; the caller waits for its end before the next. Rejects, as its body does, with DynoGone.
   * @param quiet what the process prints until the response ends stays out of the log
   */
  async request(request: DynoRequest, quiet: boolean): Promise<DynoResponse> {
    if (!this.process) throw new DynoGone(this.name);
    this.quiet = quiet;
    try {
      const response = await this.untilGone(this.process.request(request));
      return { ...response, body: this.guard(response.body) };
    } catch (error) {
      this.quiet = false;
      throw error;
    }
  }

  private async *guard(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const chunks = body[Symbol.asyncIterator]();
    let ended = false;
    try {
      while (true) {
        const next = await this.untilGone(chunks.next());
        if (next.done) {
          ended = true;
          return;
        }
        yield next.value;
      }
    } finally {
      this.quiet = false;
      if (!ended && !this.gone) await chunks.return?.();
    }
  }

  /** Not Promise.race: the process outlives thousands of requests, and each race would leave a reaction behind. */
  private untilGone<Value>(work: Promise<Value>): Promise<Value> {
    if (this.gone) {
      work.catch(() => undefined);
      return Promise.reject(new DynoGone(this.name));
    }
    return new Promise((resolve, reject) => {
      const stop = this.onGone(reject);
      work.then(resolve, reject).finally(stop);
    });
  }
}

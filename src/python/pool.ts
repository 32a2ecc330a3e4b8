/** Workers with a started interpreter: one waits, so that a dyno starts in milliseconds. */

import type { PythonAssets } from "./assets";
import type { DynoWorker, FromWorker } from "./protocol";

/** Milliseconds after a spare was taken until the next one starts: the dyno that took it goes first. */
const REFILL_DELAY = 1_500;

export type Spawn = () => DynoWorker;

/** A worker that has been told to boot. */
export class BootedWorker {
  private listener: ((message: FromWorker) => void) | undefined;
  private errorListener: ((reason: string) => void) | undefined;
  private readonly early: FromWorker[] = [];
  private failure: string | undefined;
  readonly ready: Promise<void>;
  private settle: (reason?: string) => void = () => {};

  constructor(
    private readonly worker: DynoWorker,
    assets: PythonAssets,
    warm: boolean,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.settle = (reason) => (reason === undefined ? resolve() : reject(new Error(reason)));
    });
    this.ready.catch(() => {});
    worker.onMessage((message) => this.receive(message));
    worker.onError((reason) => this.fail(reason));
    worker.postMessage({ type: "boot", assets, warm });
  }

  get dead(): boolean {
    return this.failure !== undefined;
  }

  /** Hands the worker over to its dyno. What arrived before is delivered first. */
  adopt(onMessage: (message: FromWorker) => void, onError: (reason: string) => void): void {
    this.listener = onMessage;
    this.errorListener = onError;
    for (const message of this.early.splice(0)) onMessage(message);
    if (this.failure !== undefined) onError(this.failure);
  }

  post: DynoWorker["postMessage"] = (message, transfer) => this.worker.postMessage(message, transfer);

  terminate(): void {
    this.listener = undefined;
    this.errorListener = undefined;
    this.settle("terminated");
    this.worker.terminate();
  }

  private receive(message: FromWorker): void {
    if (message.type === "ready") this.settle();
    else if (message.type === "failed") this.fail(message.reason);
    else if (this.listener) this.listener(message);
    else this.early.push(message);
  }

  private fail(reason: string): void {
    if (this.failure !== undefined) return;
    this.failure = reason;
    this.settle(reason);
    this.errorListener?.(reason);
  }
}

export class WorkerPool {
  private spare: BootedWorker | undefined;
  private refill: ReturnType<typeof setTimeout> | undefined;
  private disposed = false;

  constructor(
    private readonly spawn: Spawn,
    private readonly assets: PythonAssets,
    private readonly keepSpare: boolean,
  ) {}

  /** Starts the spare, if there shall be one. Resolves when it is warm; rejects when Python does not start. */
  async fill(): Promise<void> {
    if (!this.keepSpare || this.disposed) return;
    if (!this.spare || this.spare.dead) this.spare = new BootedWorker(this.spawn(), this.assets, true);
    await this.spare.ready;
  }

  /** The spare when there is one, else a new worker. */
  take(): BootedWorker {
    const { spare } = this;
    this.spare = undefined;
    this.refillSoon();
    return spare && !spare.dead ? spare : new BootedWorker(this.spawn(), this.assets, false);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.refill);
    this.spare?.terminate();
    this.spare = undefined;
  }

  private refillSoon(): void {
    clearTimeout(this.refill);
    if (!this.keepSpare || this.disposed) return;
    this.refill = setTimeout(() => {
      this.fill().catch(() => {});
    }, REFILL_DELAY);
  }
}

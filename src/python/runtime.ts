/** Runs dynos as Python programs in workers. */

import type { DynoObserver, DynoProcess, DynoRuntime, DynoSpec } from "../platform/ports";
import type { PythonAssets } from "./assets";
import { type Spawn, WorkerPool } from "./pool";
import { PythonProcess } from "./process";

export interface PythonRuntimeOptions {
  /** Makes a worker that runs `runDyno`. */
  readonly spawn: Spawn;
  readonly assets: PythonAssets | Promise<PythonAssets>;
  /** Keep one started interpreter waiting. Costs its memory (about 60 MB), saves half a second per start. */
  readonly spare: boolean;
}

export class PythonRuntime implements DynoRuntime {
  /** Resolves when a dyno can start at once: the files are there and the spare is warm. Rejects when they cannot be. */
  readonly ready: Promise<void>;
  private readonly pool: Promise<WorkerPool>;
  private readonly running = new Set<PythonProcess>();
  private disposed = false;

  constructor({ spawn, assets, spare }: PythonRuntimeOptions) {
    this.pool = Promise.resolve(assets).then((loaded) => {
      const pool = new WorkerPool(spawn, loaded, spare);
      if (this.disposed) pool.dispose();
      return pool;
    });
    this.ready = this.pool.then((pool) => pool.fill());
    this.ready.catch(() => {});
  }

  start(spec: DynoSpec, observer: DynoObserver): DynoProcess {
    const process: PythonProcess = new PythonProcess(spec, this.pool, {
      output: (stream, line) => observer.output(stream, line),
      listening: (port) => observer.listening(port),
      exited: (code) => {
        this.running.delete(process);
        observer.exited(code);
      },
    });
    this.running.add(process);
    return process;
  }

  /** Ends every program and lets go of the spare. */
  dispose(): void {
    this.disposed = true;
    for (const process of [...this.running]) process.signal("SIGKILL");
    this.pool.then(
      (pool) => pool.dispose(),
      () => {},
    );
  }
}

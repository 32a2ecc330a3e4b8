/** Lets the world in: in a tight loop, messages (Ctrl-C) and timers must still arrive. */

/** Milliseconds of uninterrupted work. */
const SLICE = 8;
let last = 0;

/** Yields to the event loop, but only when the last time was a while ago. Throws when `signal` is aborted. */
export async function tick(signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new Interrupted();
  const now = performance.now();
  if (now - last < SLICE) return;
  await macrotask();
  last = performance.now();
  if (signal.aborted) throw new Interrupted();
}

/** The command was interrupted: unwinds to the shell, which answers 130. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
    this.name = "Interrupted";
  }
}

/** A turn of the event loop, without the 4 ms that nested timeouts cost. */
function macrotask(): Promise<void> {
  if ("setImmediate" in globalThis) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Resolves as `work` does, or rejects with Interrupted as soon as `signal` aborts. */
export function interruptible<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(new Interrupted());
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Interrupted());
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

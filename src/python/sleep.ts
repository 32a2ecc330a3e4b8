/** Waiting in a worker. */

/** Memory to wait on: shared, but only with ourselves, so it needs no isolated page. */
function waitingRoom(): Int32Array | undefined {
  try {
    return new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  } catch {
    return undefined;
  }
}

let room: { readonly view: Int32Array | undefined } | undefined;

/** Blocks the worker, as time.sleep blocks a process. Burns no processor where shared memory exists. */
export function sleepNow(seconds: number): void {
  room ??= { view: waitingRoom() };
  const until = performance.now() + seconds * 1000;
  if (room.view) {
    Atomics.wait(room.view, 0, 0, seconds * 1000);
    return;
  }
  while (performance.now() < until) {
    // Nothing better is left: the worker has to stand still.
  }
}

/** Lets waiting messages in. */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

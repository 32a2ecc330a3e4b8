/** Waiting with a deadline of platform time and a signal. */

import type { Clock } from "../ports";

export type Waited<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "timeout" }
  | { readonly kind: "aborted" };

/** Rejects only with what `work` rejects with. What `work` does after a timeout is the caller's affair. */
export function waitFor<Value>(
  work: Promise<Value>,
  clock: Clock,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<Waited<Value>> {
  if (signal?.aborted) {
    work.catch(() => undefined);
    return Promise.resolve({ kind: "aborted" });
  }
  return new Promise((resolve, reject) => {
    const abort = () => settle(() => resolve({ kind: "aborted" }));
    const cancel = clock.after(milliseconds, () => settle(() => resolve({ kind: "timeout" })));
    const settle = (finish: () => void) => {
      cancel();
      signal?.removeEventListener("abort", abort);
      finish();
    };
    signal?.addEventListener("abort", abort, { once: true });
    work.then(
      (value) => settle(() => resolve({ kind: "done", value })),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** Lets many wait for the next change of an app's dynos. */
export class Changes {
  private readonly waiting = new Map<string, PromiseWithResolvers<void>>();

  next(app: string): Promise<void> {
    let waiting = this.waiting.get(app);
    if (!waiting) {
      waiting = Promise.withResolvers<void>();
      this.waiting.set(app, waiting);
    }
    return waiting.promise;
  }

  tell(app: string): void {
    const waiting = this.waiting.get(app);
    this.waiting.delete(app);
    waiting?.resolve();
  }

  tellAll(): void {
    for (const app of [...this.waiting.keys()]) this.tell(app);
  }
}

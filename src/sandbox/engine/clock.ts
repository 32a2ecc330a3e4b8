/** The platform's clock over the wall's: it can run faster, and says so. */

import type { Clock } from "../../platform/ports";

export interface AdjustableClock extends Clock {
  readonly rate: number;
  /** Platform milliseconds per millisecond of the wall; pending timers follow. */
  setRate(rate: number): void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
  handle: ReturnType<typeof setTimeout> | undefined;
}

/** setTimeout holds 2^31-1 ms at most; a longer wait is taken in steps. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Starts at the wall's time. */
export function adjustableClock(): AdjustableClock {
  let rate = 1;
  let wallBase = Date.now();
  let base = wallBase;
  const timers = new Set<Timer>();

  const now = () => base + (Date.now() - wallBase) * rate;
  const arm = (timer: Timer) => {
    const wait = Math.max(0, (timer.due - now()) / rate);
    timer.handle = setTimeout(
      () => {
        if (wait > LONGEST_TIMEOUT) return arm(timer);
        timers.delete(timer);
        timer.run();
      },
      Math.min(wait, LONGEST_TIMEOUT),
    );
  };

  return {
    now,
    get rate() {
      return rate;
    },
    after(delay, run) {
      const timer: Timer = { due: now() + delay, run, handle: undefined };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        clearTimeout(timer.handle);
      };
    },
    setRate(next) {
      base = now();
      wallBase = Date.now();
      rate = next;
      for (const timer of timers) {
        clearTimeout(timer.handle);
        arm(timer);
      }
    },
  };
}

/** The log rings of all apps. */

import type { Clock, Random } from "../ports";
import type { LogSource } from "./line";
import { LogRing } from "./ring";

export class Logs {
  private readonly rings = new Map<string, LogRing>();
  private readonly create: () => LogRing;

  constructor(clock: Clock, random: Random) {
    this.create = () => new LogRing(clock, random);
  }

  /** @param app the app's id */
  of(app: string): LogRing {
    let ring = this.rings.get(app);
    if (!ring) {
      ring = this.create();
      this.rings.set(app, ring);
    }
    return ring;
  }

  append(app: string, source: LogSource, dyno: string, message: string): void {
    this.of(app).append(source, dyno, message);
  }

  /** Forgets an app's lines and ends whoever follows them. */
  drop(app: string): void {
    this.rings.get(app)?.close();
    this.rings.delete(app);
  }

  /** Ends everybody who follows. */
  close(): void {
    for (const ring of this.rings.values()) ring.close();
  }
}

/** What the parts of the platform share. */

import type { Logs } from "./logs/logs";
import type { PlatformOptions } from "./platform";
import type { EventStore } from "./store";

export interface Context extends PlatformOptions {
  readonly store: EventStore;
  readonly logs: Logs;
}

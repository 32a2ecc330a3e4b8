/** What the operations of the control plane act on. */

import type { Context } from "../context";
import type { Supervisor } from "../dynos/supervisor";
import type { Router } from "../router/router";

export interface Control extends Context {
  readonly dynos: Supervisor;
  readonly router: Router;
}

/** A line of the control plane in the app's log, e.g. `Release v3 created by user ana@example.com`. */
export function apiLine({ logs, account }: Control, app: string, text: string): void {
  logs.append(app, "app", "api", `${text} by user ${account.email}`);
}

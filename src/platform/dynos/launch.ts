/** What a dyno of the formation has to run now. */

import type { Context } from "../context";
import { currentRelease, currentSlug } from "../model/state";
import type { Package } from "../ports";

export interface LaunchPlan {
  readonly release: number;
  readonly commit: string;
  readonly command: string;
  readonly size: string;
  readonly packages: readonly Package[];
  readonly bootLines: readonly string[];
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Undefined when the app or the process type is gone, or nothing was deployed yet. */
export function planLaunch(context: Context, appId: string, type: string, name: string): LaunchPlan | undefined {
  const app = context.store.state.apps[appId];
  const formation = app?.formation[type];
  const release = app && currentRelease(app);
  const slug = app && currentSlug(app);
  if (!formation || !release || !slug) return undefined;
  // The range from which the Common Runtime draws is not documented; any free port above the system's will do.
  const port = 3000 + Math.floor(context.random.next() * 57_000);
  return {
    release: release.version,
    commit: slug.commit,
    command: formation.command,
    size: formation.size,
    packages: slug.packages,
    bootLines: type === "web" ? slug.bootLines : [],
    port,
    env: { HOME: "/app", ...slug.env, ...release.configVars, PORT: String(port), DYNO: name },
  };
}

/** Config vars: every change is a release. */

import type { App } from "../model/app";
import type { ConfigVars } from "../model/config-var";
import { currentRelease } from "../model/state";
import type { Control } from "./control";
import { done, invalid, type Outcome } from "./outcome";
import { createRelease } from "./releases";

/** Bytes of all keys and values. Source: Dev Center, "Configuration and Config Vars". */
const MAX_BYTES = 32 * 1024;

export function configVarsOf(app: App): ConfigVars {
  return currentRelease(app)?.configVars ?? {};
}

/** @param changes null removes a key. A change that changes nothing makes no release. */
export function changeConfigVars(
  control: Control,
  app: App,
  changes: Readonly<Record<string, string | null>>,
): Outcome<ConfigVars> {
  const before = configVarsOf(app);
  const set = Object.keys(changes).filter((key) => changes[key] !== null && changes[key] !== before[key]);
  const unset = Object.keys(changes).filter((key) => changes[key] === null && Object.hasOwn(before, key));
  for (const key of set) {
    if (key === "" || /[\s=\0]/.test(key)) return invalid(`${key} is not a valid config var key.`);
    if (key.startsWith("__") || key.startsWith("HEROKU_")) return invalid(`${key} is a reserved config var key.`);
  }
  if (set.length === 0 && unset.length === 0) return done(before);

  const kept = Object.entries(before).filter(([key]) => !unset.includes(key));
  const given = set.map((key) => [key, changes[key] ?? ""] as const);
  const configVars: ConfigVars = Object.fromEntries([...kept, ...given]);
  const encoder = new TextEncoder();
  const bytes = Object.entries(configVars).reduce((sum, pair) => sum + encoder.encode(pair.join("")).length, 0);
  if (bytes > MAX_BYTES) return invalid("Config vars may not exceed 32 KB in total.");

  createRelease(
    control,
    app.id,
    { kind: "config", set, unset },
    { slug: currentRelease(app)?.slug ?? null, configVars },
  );
  return done(configVars);
}

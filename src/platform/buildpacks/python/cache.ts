/** Whether what the last build left can be used again. */

import type { BuildCache } from "../buildpack";

/** Why not, in the buildpack's words; empty when it can. */
export function cacheDiscardReasons(
  cache: BuildCache,
  now: Pick<BuildCache, "stack" | "languageVersion" | "manifest">,
): readonly string[] {
  const reasons: string[] = [];
  if (cache.stack !== now.stack) reasons.push(`The stack has changed from ${cache.stack} to ${now.stack}`);
  if (cache.languageVersion !== now.languageVersion) {
    reasons.push(`The Python version has changed from ${cache.languageVersion} to ${now.languageVersion}`);
  }
  if (cache.manifest !== now.manifest) reasons.push("The contents of requirements.txt changed");
  return reasons;
}

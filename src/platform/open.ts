/** The platform with its own buildpacks. */

import { assemblePlatform } from "./assemble";
import { buildpacks } from "./buildpacks/index";
import { parseProcfile } from "./buildpacks/procfile";
import type { Platform, PlatformOptions } from "./platform";

export { UnreadableState } from "./persistence";

/**
 * Loads the stored state and boots the dynos of its formations, without waiting for them.
 * Rejects with UnreadableState when what is stored cannot be understood, and with the storage's own errors.
 */
export function openPlatform(options: PlatformOptions): Promise<Platform> {
  return assemblePlatform(options, { buildpacks, parseProcfile });
}

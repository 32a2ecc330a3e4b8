/** The buildpacks that the platform offers, in the order in which they are asked. */

import type { Buildpack } from "./buildpack";
import { pythonBuildpack } from "./python/python";

export const buildpacks: readonly Buildpack[] = [pythonBuildpack];

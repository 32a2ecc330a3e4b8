/** Every command that there is here, in the order of the help. */

import type { CommandSpec } from "../command";
import { regions, whoami } from "./account";
import { apps, create, destroy, gitRemote, info, open, rename } from "./apps";
import { config, configGet, configSet, configUnset } from "./config";
import { ps, restart, scale } from "./dynos";
import { logs } from "./logs";
import { releaseInfo, releases, rollback } from "./releases";

export const commands: readonly CommandSpec[] = [
  apps,
  create,
  destroy,
  info,
  open,
  rename,
  whoami,
  config,
  configGet,
  configSet,
  configUnset,
  gitRemote,
  logs,
  ps,
  restart,
  scale,
  regions,
  releases,
  releaseInfo,
  rollback,
];

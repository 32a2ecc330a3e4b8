/** Every command that there is here. */

import type { CommandSpec } from "../command";
import { apps } from "./apps";
import { create } from "./apps/create";
import { destroy } from "./apps/destroy";
import { info } from "./apps/info";
import { open } from "./apps/open";
import { rename } from "./apps/rename";
import { whoami } from "./auth/whoami";
import { config } from "./config";
import { configGet } from "./config/get";
import { configSet } from "./config/set";
import { configUnset } from "./config/unset";
import { gitRemote } from "./git/remote";
import { logs } from "./logs";
import { ps } from "./ps";
import { restart } from "./ps/restart";
import { scale } from "./ps/scale";
import { stop } from "./ps/stop";
import { regions } from "./regions";
import { releases } from "./releases";
import { releasesInfo } from "./releases/info";
import { rollback } from "./releases/rollback";
import { version } from "./version";

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
  stop,
  regions,
  releases,
  releasesInfo,
  rollback,
  version,
];

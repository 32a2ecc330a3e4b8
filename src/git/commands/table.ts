/** All subcommands by name. */

import type { GitCommand } from "../invocation";
import { add } from "./add";
import { commit } from "./commit";
import { config } from "./config";
import { init } from "./init";
import { log } from "./log";
import { push } from "./push";
import { remote } from "./remote";
import { revParse } from "./rev-parse";
import { status } from "./status";

export const COMMANDS: Readonly<Record<string, GitCommand>> = {
  add,
  commit,
  config,
  init,
  log,
  push,
  remote,
  "rev-parse": revParse,
  status,
};

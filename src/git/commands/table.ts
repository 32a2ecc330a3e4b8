/** All subcommands by name. */

import type { GitCommand } from "../invocation";
import { add } from "./add";
import { branch } from "./branch";
import { commit } from "./commit";
import { config } from "./config";
import { diff } from "./diff";
import { init } from "./init";
import { log } from "./log";
import { lsFiles } from "./ls-files";
import { mv } from "./mv";
import { push } from "./push";
import { remote } from "./remote";
import { reset } from "./reset";
import { restore } from "./restore";
import { revParse } from "./rev-parse";
import { rm } from "./rm";
import { show } from "./show";
import { status } from "./status";
import { checkout, switchBranch } from "./switch";
import { tag } from "./tag";

export const COMMANDS: Readonly<Record<string, GitCommand>> = {
  add,
  branch,
  checkout,
  commit,
  config,
  diff,
  init,
  log,
  "ls-files": lsFiles,
  mv,
  push,
  remote,
  reset,
  restore,
  "rev-parse": revParse,
  rm,
  show,
  status,
  switch: switchBranch,
  tag,
};

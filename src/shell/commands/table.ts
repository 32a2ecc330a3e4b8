/** The shell's own programs by name. */

import type { Command } from "../command";
import { cat } from "./cat";
import { chmod } from "./chmod";
import { cp, mv } from "./copy";
import { diff } from "./diff";
import { seq, tee, yes } from "./generators";
import { egrep, fgrep, grep } from "./grep";
import { head, tail } from "./head-tail";
import { ln, realpath } from "./links";
import { ls } from "./ls";
import { mkdir, rmdir } from "./mkdir";
import { paste } from "./paste";
import { rm } from "./rm";
import { SMALL } from "./small";
import { dateCommand, sleep } from "./time";
import { touch } from "./touch";
import { uniq } from "./uniq";
import { wc } from "./wc";

/** `now` in milliseconds since the epoch. */
export function ownPrograms(now: () => number): ReadonlyMap<string, Command> {
  return new Map<string, Command>(
    Object.entries({
      ...SMALL,
      cat,
      chmod,
      cp,
      date: dateCommand(now),
      diff,
      egrep,
      fgrep,
      grep,
      head,
      ln,
      ls,
      mkdir,
      mv,
      paste,
      realpath,
      rm,
      rmdir,
      seq,
      sleep,
      tail,
      tee,
      touch,
      uniq,
      wc,
      yes,
    }),
  );
}

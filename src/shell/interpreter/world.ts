/** What all processes of a shell share. */

import type { FileTree } from "../../files/tree";
import type { Builtin } from "../builtins/builtin";
import type { Command } from "../command";

export interface World {
  readonly files: FileTree;
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** Programs, by name: those given from outside, the shell's own, the applets. */
  program(name: string): Command | undefined;
  programs(): readonly string[];
  /** Milliseconds since the epoch. */
  now(): number;
  columns: number;
  rows: number;
  nextPid(): number;
  readonly startedAt: number;
  /** Lines that a person typed, oldest first. */
  readonly history: string[];
}

/** The directories where programs seem to be. */
export const PROGRAM_DIRECTORIES = ["/usr/local/bin", "/usr/bin", "/bin"];

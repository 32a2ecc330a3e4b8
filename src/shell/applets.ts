/** just-bash as a box of applets: loaded on first use, one command at a time, its input and output whole. */

import type { CommandName } from "just-bash/browser";
import type { FileTree } from "../files/tree";
import { AppletFiles } from "./applet-files";
import type { Command } from "./command";
import { readAll } from "./streams";

/** Commands of just-bash that this shell has better ones for. */
type Own =
  | "alias"
  | "basename"
  | "bash"
  | "cat"
  | "chmod"
  | "clear"
  | "cp"
  | "date"
  | "dirname"
  | "echo"
  | "egrep"
  | "env"
  | "false"
  | "fgrep"
  | "grep"
  | "head"
  | "help"
  | "history"
  | "hostname"
  | "ln"
  | "ls"
  | "mkdir"
  | "mv"
  | "printenv"
  | "printf"
  | "pwd"
  | "rm"
  | "rmdir"
  | "seq"
  | "sh"
  | "sleep"
  | "tail"
  | "tee"
  | "time"
  | "timeout"
  | "touch"
  | "true"
  | "unalias"
  | "uniq"
  | "wc"
  | "which"
  | "whoami"
  | "xargs"
  | "sqlite3";

/** Checked by the compiler to be just-bash's own list less ours, without loading it. */
const APPLETS: Record<Exclude<CommandName, Own>, true> = {
  readlink: true,
  stat: true,
  rg: true,
  sed: true,
  awk: true,
  sort: true,
  comm: true,
  cut: true,
  paste: true,
  tr: true,
  rev: true,
  nl: true,
  fold: true,
  expand: true,
  unexpand: true,
  strings: true,
  split: true,
  column: true,
  join: true,
  find: true,
  tree: true,
  du: true,
  jq: true,
  base64: true,
  diff: true,
  expr: true,
  md5sum: true,
  sha1sum: true,
  sha256sum: true,
  file: true,
  "html-to-markdown": true,
  tac: true,
  od: true,
  gzip: true,
  gunzip: true,
  zcat: true,
  tar: true,
  yq: true,
  xan: true,
};

export const APPLET_NAMES: readonly string[] = Object.keys(APPLETS);

/** Milliseconds; the learner's Ctrl-C comes long before. */
const MAX_TIME = 10 * 60_000;

type Bash = InstanceType<typeof import("just-bash/browser")["Bash"]>;

export class Applets {
  private loading: Promise<Bash> | undefined;
  constructor(private readonly files: FileTree) {}

  /** The applet of that name, or undefined. */
  command(name: string): Command | undefined {
    if (!Object.hasOwn(APPLETS, name)) return undefined;
    return async ({ args, stdin, stdout, stderr, cwd, env, signal }) => {
      const bash = await this.load();
      // Most applets read no input when they are given files, and a terminal would never end.
      const input =
        stdin.isTerminal && args.some((arg) => !arg.startsWith("-")) && !READS_INPUT.has(name)
          ? new Uint8Array()
          : await readAll(stdin);
      const result = await bash.exec(name, {
        args: [...args],
        stdin: latin1(input),
        stdinKind: "bytes",
        cwd,
        env: { ...env },
        replaceEnv: true,
        signal,
      });
      if (result.stderr) await stderr.write(result.stderr.replace(/^bash: /, `${name}: `));
      if (result.stdout) await stdout.write(result.stdoutKind === "bytes" ? bytes(result.stdout) : result.stdout);
      return result.exitCode;
    };
  }

  private load(): Promise<Bash> {
    this.loading ??= import("just-bash/browser").then(
      ({ Bash }) =>
        new Bash({
          fs: new AppletFiles(this.files),
          defenseInDepth: false,
          executionLimits: { maxExecutionTimeMs: MAX_TIME },
        }),
    );
    // A failed download may succeed the next time.
    this.loading.catch(() => {
      this.loading = undefined;
    });
    return this.loading;
  }
}

/** Their operands are no files (or files come after a program): they read the terminal. */
const READS_INPUT = new Set(["tr"]);

function latin1(input: Uint8Array): string {
  let text = "";
  for (let at = 0; at < input.length; at += 8192) text += String.fromCharCode(...input.subarray(at, at + 8192));
  return text;
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

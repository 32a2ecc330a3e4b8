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
  | "diff"
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
  | "paste"
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
  | "xargs";

/** Listed in the types, absent from the entry for browsers. */
type Absent = "sqlite3";

/** Checked by the compiler to be just-bash's own list less ours, without loading it. */
const APPLETS: Record<Exclude<CommandName, Own | Absent>, true> = {
  readlink: true,
  stat: true,
  rg: true,
  sed: true,
  awk: true,
  sort: true,
  comm: true,
  cut: true,
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
  private readonly view: AppletFiles;

  constructor(files: FileTree) {
    this.view = new AppletFiles(files);
  }

  /** The applet of that name, or undefined. */
  command(name: string): Command | undefined {
    if (!Object.hasOwn(APPLETS, name)) return undefined;
    return async ({ args, stdin, stdout, stderr, cwd, env, signal }) => {
      const bash = await this.load();
      // A terminal never ends by itself: it is read only by an applet that was given no file.
      const operands = args.filter((arg) => !arg.startsWith("-")).length;
      const reads = !stdin.isTerminal || operands <= (READING_OPERANDS[name] ?? 0);
      const input = reads ? await readAll(stdin) : new Uint8Array();
      // Only a file gets the bytes as they are: the result's text leaves open what it was decoded from.
      const path = this.view.openOutput();
      const result = await bash.exec(`${name} > ${path}`, {
        args: [...args],
        stdin: latin1(input),
        stdinKind: "bytes",
        cwd,
        env: { ...env },
        replaceEnv: true,
        signal,
      });
      if (result.stderr) await stderr.write(result.stderr.replace(/^bash: /, `${name}: `));
      const output = this.view.takeOutput(path);
      if (output.byteLength > 0) await stdout.write(output);
      return result.exitCode;
    };
  }

  private load(): Promise<Bash> {
    this.loading ??= import("just-bash/browser").then(
      ({ Bash }) =>
        new Bash({
          fs: this.view,
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

/** With how many operands an applet still reads its standard input, where that is not 0; -1 for those that never do. */
const READING_OPERANDS: Readonly<Record<string, number>> = {
  awk: 1,
  sed: 1,
  jq: 1,
  yq: 1,
  tr: 2,
  du: -1,
  expr: -1,
  file: -1,
  find: -1,
  readlink: -1,
  rg: -1,
  stat: -1,
  tar: -1,
  tree: -1,
};

function latin1(input: Uint8Array): string {
  let text = "";
  for (let at = 0; at < input.length; at += 8192) text += String.fromCharCode(...input.subarray(at, at + 8192));
  return text;
}

/** diff: normal and unified output, files and directories. */

import { diffArrays } from "diff";
import { baseName, FileError, resolvePath } from "../../files/tree";
import { nameOrder } from "../collation";
import type { Command, CommandContext } from "../command";
import { readAll } from "../streams";
import { formatDate } from "./date-text";
import { openInput } from "./input";
import { type Manual, type Parsed, readOptions } from "./options";

const MANUAL: Manual = {
  name: "diff",
  misuse: 2,
  options: [
    { short: "u" },
    { short: "U", long: "unified", value: "required" },
    { short: "q", long: "brief" },
    { short: "s", long: "report-identical-files" },
    { short: "r", long: "recursive" },
    { short: "N", long: "new-file" },
    { short: "i", long: "ignore-case" },
    { short: "w", long: "ignore-all-space" },
    { short: "b", long: "ignore-space-change" },
    { short: "B", long: "ignore-blank-lines" },
    { short: "a", long: "text" },
    { long: "color", value: "optional" },
  ],
  help: `Usage: diff [OPTION]... FILES
Compare FILES line by line.

  -q, --brief                   report only when files differ
  -s, --report-identical-files  report when two files are the same
  -u, -U NUM, --unified=NUM     output NUM (default 3) lines of unified context
  -r, --recursive               recursively compare any subdirectories found
  -N, --new-file                treat absent files as empty
  -i, --ignore-case             ignore case differences in file contents
  -b, --ignore-space-change     ignore changes in the amount of white space
  -w, --ignore-all-space        ignore all white space
      --color[=WHEN]            color output
      --help               display this help and exit
      --version            output version information and exit

FILES are 'FILE1 FILE2' or 'DIR1 DIR2' or 'DIR FILE' or 'FILE DIR'.
If a FILE is '-', read standard input.
Exit status is 0 if inputs are the same, 1 if different, 2 if trouble.
`,
};

/** A stretch of lines that differ: half-open ranges, from 0. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

interface Side {
  readonly name: string;
  readonly lines: readonly string[];
  /** The last line has no newline at its end. */
  readonly unended: boolean;
  readonly mtime: number;
}

export const diff: Command = async (context) => {
  const args = context.args.map((arg) => (arg === "--unified" ? "-u" : arg));
  const options = await readOptions({ ...context, args, stderr: prefixed(context) }, MANUAL);
  if (typeof options === "number") return options;
  const [left, right, extra] = options.operands;
  const { stderr, files, cwd } = context;
  if (left === undefined || right === undefined || extra !== undefined) {
    const text = extra === undefined ? `missing operand after '${left ?? "diff"}'` : `extra operand '${extra}'`;
    await stderr.write(`diff: ${text}\ndiff: Try 'diff --help' for more information.\n`);
    return 2;
  }
  const [a, b] = [files.isDirectory(resolvePath(cwd, left)), files.isDirectory(resolvePath(cwd, right))];
  const comparison = new Comparison(context, options);
  if (a && b) return comparison.directories(left, right);
  const inside = (folder: string, file: string) => `${folder.replace(/\/$/, "")}/${baseName(file)}`;
  if (a && right !== "-") return comparison.files(inside(left, right), right);
  if (b && left !== "-") return comparison.files(left, inside(right, left));
  return comparison.files(left, right);
};

function prefixed({ stderr }: CommandContext) {
  return {
    isTerminal: stderr.isTerminal,
    write: (chunk: Uint8Array | string) =>
      stderr.write(typeof chunk === "string" ? chunk.replace(/^Try /m, "diff: Try ") : chunk),
  };
}

class Comparison {
  private readonly colored: boolean;
  private readonly context: number | undefined;

  constructor(
    private readonly host: CommandContext,
    private readonly options: Parsed,
  ) {
    const when = options.has("color") ? (options.value("color") ?? "auto") : "never";
    this.colored = when === "always" || (when === "auto" && host.stdout.isTerminal);
    this.context = options.has("U") ? Number(options.value("U")) : options.has("u") ? 3 : undefined;
  }

  async directories(left: string, right: string): Promise<number> {
    const { files, cwd, stdout, env } = this.host;
    const names = (folder: string) => files.readDirectory(resolvePath(cwd, folder));
    const [mine, theirs] = [names(left), names(right)];
    const flags = this.host.args.filter((arg) => arg.startsWith("-"));
    let status = 0;
    for (const name of [...new Set([...mine, ...theirs])].sort(nameOrder(env))) {
      const [a, b] = [`${left.replace(/\/$/, "")}/${name}`, `${right.replace(/\/$/, "")}/${name}`];
      const isFolder = (path: string) => files.isDirectory(resolvePath(cwd, path));
      const [inLeft, inRight] = [mine.includes(name), theirs.includes(name)];
      if (!this.options.has("N") && !(inLeft && inRight)) {
        await stdout.write(`Only in ${inLeft ? left : right}: ${name}\n`);
        status = Math.max(status, 1);
      } else if (isFolder(a) && isFolder(b)) {
        if (this.options.has("r")) status = Math.max(status, await this.directories(a, b));
        else await stdout.write(`Common subdirectories: ${a} and ${b}\n`);
      } else status = Math.max(status, await this.files(a, b, `diff ${[...flags, a, b].join(" ")}\n`));
    }
    return status;
  }

  async files(left: string, right: string, heading = ""): Promise<number> {
    const { stdout, stderr } = this.host;
    const sides: Side[] = [];
    for (const operand of [left, right]) {
      try {
        sides.push(await this.side(operand));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        await stderr.write(`diff: ${operand}: ${error.reason}\n`);
      }
    }
    const [a, b] = sides;
    if (!a || !b) return 2;
    const changes = this.changes(a, b);
    if (changes.length === 0) {
      if (this.options.has("s")) await stdout.write(`Files ${left} and ${right} are identical\n`);
      return 0;
    }
    if (this.options.has("q")) await stdout.write(`Files ${left} and ${right} differ\n`);
    else
      await stdout.write(
        heading + (this.context === undefined ? this.normal(a, b, changes) : this.unified(a, b, changes, this.context)),
      );
    return 1;
  }

  private async side(name: string): Promise<Side> {
    const { files, cwd } = this.host;
    const path = resolvePath(cwd, name);
    if (this.options.has("N") && name !== "-" && !files.exists(path)) {
      return { name, lines: [], unended: false, mtime: 0 };
    }
    const text = new TextDecoder().decode(await readAll(openInput(this.host, name)));
    const lines = text.split("\n");
    const unended = lines.at(-1) !== "";
    if (!unended) lines.pop();
    return { name, lines, unended, mtime: files.exists(path) ? files.stat(path).mtime : Date.now() };
  }

  private changes(a: Side, b: Side): Change[] {
    const { options } = this;
    const key = (side: Side) =>
      side.lines.map((line, index) => {
        let text = line;
        if (options.has("i")) text = text.toLowerCase();
        if (options.has("w")) text = text.replace(/\s+/g, "");
        else if (options.has("b")) text = text.replace(/\s+/g, " ").trimEnd();
        return side.unended && index === side.lines.length - 1 ? `${text}\0` : text;
      });
    const changes: Change[] = [];
    let [at, newAt] = [0, 0];
    let open: Change | undefined;
    for (const part of diffArrays(key(a), key(b))) {
      const count = part.value.length;
      if (!part.added && !part.removed) {
        if (open) changes.push(open);
        open = undefined;
        at += count;
        newAt += count;
        continue;
      }
      open ??= { from: at, to: at, newFrom: newAt, newTo: newAt };
      if (part.removed) at += count;
      else newAt += count;
      open = { ...open, to: at, newTo: newAt };
    }
    if (open) changes.push(open);
    return changes;
  }

  private line(side: Side, index: number, mark: string, color?: string): string {
    const text = this.paint(color, `${mark}${side.lines[index] ?? ""}`);
    const unended = side.unended && index === side.lines.length - 1;
    return `${text}\n${unended ? "\\ No newline at end of file\n" : ""}`;
  }

  private normal(a: Side, b: Side, changes: readonly Change[]): string {
    const range = (from: number, to: number) => (to - from <= 1 ? String(to) : `${from + 1},${to}`);
    let text = "";
    for (const { from, to, newFrom, newTo } of changes) {
      const letter = from === to ? "a" : newFrom === newTo ? "d" : "c";
      text += `${this.paint("36", range(from, to) + letter + range(newFrom, newTo))}\n`;
      for (let index = from; index < to; index++) text += this.line(a, index, "< ", "31");
      if (letter === "c") text += "---\n";
      for (let index = newFrom; index < newTo; index++) text += this.line(b, index, "> ", "32");
    }
    return text;
  }

  private unified(a: Side, b: Side, changes: readonly Change[], context: number): string {
    const stamp = (mtime: number) => formatDate("%Y-%m-%d %H:%M:%S.%N %z", mtime);
    const header = (mark: string, side: Side) => `${this.paint("1", `${mark} ${side.name}\t${stamp(side.mtime)}`)}\n`;
    let text = header("---", a) + header("+++", b);
    const groups: Change[][] = [];
    for (const change of changes) {
      const group = groups.at(-1);
      const last = group?.at(-1);
      if (group && last && change.from - last.to <= 2 * context) group.push(change);
      else groups.push([change]);
    }
    for (const group of groups) {
      const [first, last] = [group[0], group.at(-1)];
      if (!first || !last) continue;
      const lead = Math.min(context, first.from);
      const [from, newFrom] = [first.from - lead, first.newFrom - lead];
      const trail = Math.min(context, a.lines.length - last.to);
      const range = (start: number, end: number) =>
        end - start === 1 ? String(end) : `${end === start ? start : start + 1},${end - start}`;
      text += `${this.paint("36", `@@ -${range(from, last.to + trail)} +${range(newFrom, last.newTo + trail)} @@`)}\n`;
      let at = from;
      for (const change of group) {
        for (; at < change.from; at++) text += this.line(a, at, " ");
        for (; at < change.to; at++) text += this.line(a, at, "-", "31");
        for (let index = change.newFrom; index < change.newTo; index++) text += this.line(b, index, "+", "32");
      }
      for (; at < last.to + trail; at++) text += this.line(a, at, " ");
    }
    return text;
  }

  private paint(color: string | undefined, text: string): string {
    return this.colored && color !== undefined ? `\x1b[${color}m${text}\x1b[0m` : text;
  }
}

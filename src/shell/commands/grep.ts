/** grep, egrep, fgrep */

import { FileError, resolvePath } from "../../files/tree";
import { nameOrder } from "../collation";
import type { Command, CommandContext, Source } from "../command";
import { matches } from "../interpreter/pattern";
import { escapeText, InvalidPattern, posixSource } from "../regular-expression";
import { readLines } from "../streams";
import { openInput } from "./input";
import { type Manual, type Parsed, readOptions } from "./options";

const MANUAL: Manual = {
  name: "grep",
  misuse: 2,
  options: [
    { short: "E", long: "extended-regexp" },
    { short: "F", long: "fixed-strings" },
    { short: "G", long: "basic-regexp" },
    { short: "P", long: "perl-regexp" },
    { short: "e", long: "regexp", value: "required" },
    { short: "f", long: "file", value: "required" },
    { short: "i", long: "ignore-case" },
    { short: "y" },
    { short: "w", long: "word-regexp" },
    { short: "x", long: "line-regexp" },
    { short: "v", long: "invert-match" },
    { short: "c", long: "count" },
    { short: "l", long: "files-with-matches" },
    { short: "L", long: "files-without-match" },
    { short: "m", long: "max-count", value: "required" },
    { short: "n", long: "line-number" },
    { short: "o", long: "only-matching" },
    { short: "q", long: "quiet" },
    { long: "silent" },
    { short: "s", long: "no-messages" },
    { short: "H", long: "with-filename" },
    { short: "h", long: "no-filename" },
    { short: "r", long: "recursive" },
    { short: "R", long: "dereference-recursive" },
    { short: "A", long: "after-context", value: "required" },
    { short: "B", long: "before-context", value: "required" },
    { short: "C", long: "context", value: "required" },
    { short: "a", long: "text" },
    { short: "I" },
    { short: "z", long: "null-data" },
    { long: "include", value: "required" },
    { long: "exclude", value: "required" },
    { long: "exclude-dir", value: "required" },
    { long: "color", value: "optional" },
    { long: "colour", value: "optional" },
    { long: "line-buffered" },
  ],
  help: `Usage: grep [OPTION]... PATTERNS [FILE]...
Search for PATTERNS in each FILE.
Example: grep -i 'hello world' menu.h main.c
PATTERNS can contain multiple patterns separated by newlines.

Pattern selection and interpretation:
  -E, --extended-regexp     PATTERNS are extended regular expressions
  -F, --fixed-strings       PATTERNS are strings
  -G, --basic-regexp        PATTERNS are basic regular expressions
  -e, --regexp=PATTERNS     use PATTERNS for matching
  -f, --file=FILE           take PATTERNS from FILE
  -i, --ignore-case         ignore case distinctions in patterns and data
  -w, --word-regexp         match only whole words
  -x, --line-regexp         match only whole lines

Miscellaneous:
  -s, --no-messages         suppress error messages
  -v, --invert-match        select non-matching lines

Output control:
  -m, --max-count=NUM       stop after NUM selected lines
  -n, --line-number         print line number with output lines
  -H, --with-filename       print file name with output lines
  -h, --no-filename         suppress the file name prefix on output
  -o, --only-matching       show only nonempty parts of lines that match
  -q, --quiet, --silent     suppress all normal output
  -r, --recursive           search directories recursively
      --include=GLOB        search only files that match GLOB
      --exclude=GLOB        skip files that match GLOB
      --exclude-dir=GLOB    skip directories that match GLOB
  -L, --files-without-match  print only names of FILEs with no selected lines
  -l, --files-with-matches  print only names of FILEs with selected lines
  -c, --count               print only a count of selected lines per FILE

Context control:
  -B, --before-context=NUM  print NUM lines of leading context
  -A, --after-context=NUM   print NUM lines of trailing context
  -C, --context=NUM         print NUM lines of output context
      --color[=WHEN]        use markers to highlight the matching strings

When FILE is '-', read standard input.  With no FILE, read '.' if
recursive, '-' otherwise.  Exit status is 0 if any line is selected, 1 otherwise;
if any error occurs and -q is not given, the exit status is 2.
`,
};

const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

export const grep: Command = async (context) => {
  // `-5` means `-C 5`.
  const args = context.args.map((arg) => (/^-\d+$/.test(arg) ? `-C${arg.slice(1)}` : arg));
  const options = await readOptions({ ...context, args, stderr: withUsage(context) }, MANUAL);
  if (typeof options === "number") return options;
  const { stderr, cwd, files } = context;
  const operands = [...options.operands];
  const patterns = options.given.filter(([name]) => name === "e").map(([, value]) => value ?? "");
  for (const [name, value] of options.given) {
    if (name !== "f") continue;
    try {
      patterns.push(
        ...files
          .readText(resolvePath(cwd, value ?? ""))
          .replace(/\n$/, "")
          .split("\n"),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`grep: ${value}: ${error.reason}\n`);
      return 2;
    }
  }
  if (!options.has("e") && !options.has("f")) {
    const first = operands.shift();
    if (first === undefined) {
      await stderr.write(USAGE);
      return 2;
    }
    patterns.push(first);
  }
  let expression: RegExp;
  try {
    expression = compile(patterns, options);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    await stderr.write(`grep: ${error.message}\n`);
    return 2;
  }
  return new Search(context, options, expression).run(operands);
};

function withUsage({ stderr }: CommandContext) {
  return {
    isTerminal: stderr.isTerminal,
    write: (chunk: Uint8Array | string) =>
      stderr.write(typeof chunk === "string" ? chunk.replace(/Try 'grep --help'[^\n]*\n/, USAGE) : chunk),
  };
}

function compile(patterns: readonly string[], options: Parsed): RegExp {
  const kind = options.given.findLast(([name]) => ["E", "F", "G", "P"].includes(name))?.[0] ?? "G";
  const sources = patterns
    .flatMap((pattern) => pattern.split("\n"))
    .map((pattern) =>
      kind === "F" ? escapeText(pattern) : kind === "P" ? pattern : posixSource(pattern, kind === "E"),
    );
  let source = sources.map((each) => `(?:${each})`).join("|");
  if (options.has("x")) source = `^(?:${source})$`;
  else if (options.has("w")) source = `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`;
  try {
    return new RegExp(source, options.has("i") || options.has("y") ? "giu" : "gu");
  } catch {
    throw new InvalidPattern("Invalid regular expression");
  }
}

class Search {
  private failed = false;
  private selectedAny = false;
  private readonly named: boolean | undefined;
  private readonly colored: boolean;
  private readonly quiet: boolean;

  constructor(
    private readonly context: CommandContext,
    private readonly options: Parsed,
    private readonly expression: RegExp,
  ) {
    this.quiet = options.has("q") || options.has("silent");
    this.named = options.has("H") ? true : options.has("h") ? false : undefined;
    const color = options.has("color") || options.has("colour");
    const when = color ? (options.value("color") ?? options.value("colour") ?? "auto") : "auto";
    this.colored = when === "always" || (when === "auto" && context.stdout.isTerminal);
  }

  async run(operands: readonly string[]): Promise<number> {
    const { options, context } = this;
    const recursive = options.has("r") || options.has("R");
    const inputs = operands.length > 0 ? operands : [recursive ? "" : "-"];
    const several = inputs.length > 1 || recursive;
    for (const operand of inputs) {
      const path = resolvePath(context.cwd, operand);
      if (operand !== "-" && context.files.isDirectory(path)) {
        if (recursive) await this.folder(operand, path);
        else await this.complain(`${operand}: Is a directory`);
      } else await this.input(operand, several);
      if (this.quiet && this.selectedAny) return 0;
    }
    if (this.failed && !(this.quiet && this.selectedAny)) return 2;
    return this.selectedAny ? 0 : 1;
  }

  private async folder(shown: string, path: string): Promise<void> {
    const { files, env } = this.context;
    const globs = (name: string) =>
      this.options.given.filter(([each]) => each === name).map(([, value]) => value ?? "");
    const [include, exclude, excludeDirectories] = [globs("include"), globs("exclude"), globs("exclude-dir")];
    for (const name of files.readDirectory(path).sort(nameOrder(env))) {
      const inner = shown === "" ? name : `${shown.replace(/\/$/, "")}/${name}`;
      const { kind } = files.lstat(resolvePath(path, name));
      if (kind === "directory") {
        if (!excludeDirectories.some((glob) => matches(glob, name))) await this.folder(inner, resolvePath(path, name));
      } else if (kind === "file") {
        if (include.length > 0 && !include.some((glob) => matches(glob, name))) continue;
        if (!exclude.some((glob) => matches(glob, name))) await this.input(inner, true);
      }
      if (this.quiet && this.selectedAny) return;
    }
  }

  private async complain(message: string): Promise<void> {
    this.failed = true;
    if (!this.options.has("s")) await this.context.stderr.write(`grep: ${message}\n`);
  }

  private async input(operand: string, several: boolean): Promise<void> {
    const name = operand === "-" ? "(standard input)" : operand;
    let source: Source;
    try {
      source = openInput(this.context, operand);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await this.complain(`${operand}: ${error.reason}`);
      return;
    }
    const count = await this.lines(source, (this.named ?? several) ? name : undefined, name);
    const { options, context } = this;
    if (this.quiet) return;
    const { stdout } = context;
    if (options.has("l") ? count > 0 : options.has("L") && count === 0)
      await stdout.write(`${this.paint("35", name)}\n`);
    else if (options.has("c") && !options.has("l") && !options.has("L")) {
      await stdout.write(`${this.prefix((this.named ?? several) ? name : undefined, undefined, ":")}${count}\n`);
    }
  }

  /** Number of selected lines. */
  private async lines(source: Source, prefix: string | undefined, name: string): Promise<number> {
    const { options, context } = this;
    const limit = options.has("m") ? Number(options.value("m")) : Number.POSITIVE_INFINITY;
    const summary = this.quiet || options.has("l") || options.has("L");
    const silent = summary || options.has("c");
    const around = (letter: string) => Number(options.value(letter) ?? options.value("C") ?? 0);
    const [before, after] = [around("B"), around("A")];
    const kept: string[] = [];
    let trailing = 0;
    let lastShown = 0;
    let number = 0;
    let count = 0;
    for await (const line of readLines(source)) {
      number++;
      if (line.includes("\0") && !options.has("a") && !silent) {
        if (this.test(line)) {
          this.selectedAny = true;
          await context.stdout.write(`grep: ${name}: binary file matches\n`);
          return count + 1;
        }
        continue;
      }
      if (this.test(line)) {
        count++;
        this.selectedAny = true;
        if (!silent) {
          const from = number - kept.length;
          if ((before > 0 || after > 0) && lastShown > 0 && from > lastShown + 1) await context.stdout.write("--\n");
          for (const [index, old] of kept.entries()) await this.show(old, prefix, from + index, "-");
          kept.length = 0;
          await this.show(line, prefix, number, ":");
          lastShown = number;
          trailing = after;
        }
        if (count >= limit || (summary && count > 0)) break;
      } else if (trailing > 0) {
        trailing--;
        await this.show(line, prefix, number, "-");
        lastShown = number;
      } else if (before > 0) {
        kept.push(line);
        if (kept.length > before) kept.shift();
      }
    }
    return count;
  }

  private test(line: string): boolean {
    const found = this.expression.test(line);
    this.expression.lastIndex = 0;
    return found !== this.options.has("v");
  }

  private async show(line: string, prefix: string | undefined, number: number, mark: string): Promise<void> {
    const { options, context } = this;
    const head = this.prefix(prefix, options.has("n") ? number : undefined, mark);
    if (options.has("o")) {
      if (mark === "-" || options.has("v")) return;
      for (const [match] of line.matchAll(this.expression)) {
        if (match !== "") await context.stdout.write(`${head}${this.paint("01;31", match)}\n`);
      }
      return;
    }
    const text =
      this.colored && mark === ":" && !options.has("v")
        ? line.replace(this.expression, (match) => (match === "" ? "" : this.paint("01;31", match)))
        : line;
    await context.stdout.write(`${head}${text}\n`);
  }

  private prefix(name: string | undefined, number: number | undefined, mark: string): string {
    const separator = this.paint("36", mark);
    return (
      (name === undefined ? "" : this.paint("35", name) + separator) +
      (number === undefined ? "" : this.paint("32", String(number)) + separator)
    );
  }

  private paint(code: string, text: string): string {
    return this.colored ? `\x1b[${code}m\x1b[K${text}\x1b[m\x1b[K` : text;
  }
}

const alias =
  (option: string): Command =>
  (context) =>
    grep({ ...context, args: [option, ...context.args] });
export const egrep = alias("-E");
export const fgrep = alias("-F");

/** head and tail */

import { FileError, resolvePath } from "../../files/tree";
import type { Command, CommandContext, Source } from "../command";
import { concatenate, readAll } from "../streams";
import { openInput } from "./input";
import { type Manual, type OptionSpec, readOptions } from "./options";

const COUNTS: readonly OptionSpec[] = [
  { short: "n", long: "lines", value: "required" },
  { short: "c", long: "bytes", value: "required" },
  { short: "q", long: "quiet" },
  { short: "v", long: "verbose" },
];

const HEAD: Manual = {
  name: "head",
  options: COUNTS,
  help: `Usage: head [OPTION]... [FILE]...
Print the first 10 lines of each FILE to standard output.
With more than one FILE, precede each with a header giving the file name.

With no FILE, or when FILE is -, read standard input.

  -c, --bytes=[-]NUM       print the first NUM bytes of each file;
                             with the leading '-', print all but the last
                             NUM bytes of each file
  -n, --lines=[-]NUM       print the first NUM lines instead of the first 10;
                             with the leading '-', print all but the last
                             NUM lines of each file
  -q, --quiet, --silent    never print headers giving file names
  -v, --verbose            always print headers giving file names
      --help        display this help and exit
      --version     output version information and exit
`,
};

const TAIL: Manual = {
  name: "tail",
  options: [...COUNTS, { short: "f", long: "follow" }, { short: "F" }, { short: "s", value: "required" }],
  help: `Usage: tail [OPTION]... [FILE]...
Print the last 10 lines of each FILE to standard output.
With more than one FILE, precede each with a header giving the file name.

With no FILE, or when FILE is -, read standard input.

  -c, --bytes=[+]NUM       output the last NUM bytes; or use -c +NUM to
                             output starting with byte NUM of each file
  -f, --follow             output appended data as the file grows
  -F                       same as --follow=name --retry
  -n, --lines=[+]NUM       output the last NUM lines, instead of the last 10;
                             or use -n +NUM to skip NUM-1 lines at the start
  -q, --quiet, --silent    never output headers giving file names
  -v, --verbose            always output headers giving file names
      --help        display this help and exit
      --version     output version information and exit
`,
};

interface Amount {
  readonly unit: "lines" | "bytes";
  readonly sign: "" | "+" | "-";
  readonly count: number;
}

/** Reads `-5`, `-n 5`, `-c +2K`; a text is a complaint. */
function amountOf(
  options: { given: readonly (readonly [string, string | undefined])[] },
  name: string,
): Amount | string {
  const last = options.given.findLast(([each]) => each === "n" || each === "c");
  const unit = last?.[0] === "c" ? "bytes" : "lines";
  const text = last?.[1] ?? "10";
  const match = /^([+-]?)(\d+)([bkKMG]?)$/.exec(text);
  if (!match) return `${name}: invalid number of ${unit}: ‘${text}’\n`;
  const factor = { "": 1, b: 512, k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[match[3] ?? ""] ?? 1;
  const sign = match[1] === "+" ? "+" : match[1] === "-" ? "-" : "";
  return { unit, sign, count: Number(match[2]) * factor };
}

/** `-5` as the first argument is `-n 5`. */
function modern(args: readonly string[]): string[] {
  return args.map((arg, index) => (index === 0 && /^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg));
}

async function eachInput(
  context: CommandContext,
  name: string,
  operands: readonly string[],
  headers: boolean,
  show: (source: Source, operand: string) => Promise<void>,
): Promise<number> {
  const { stdout, stderr } = context;
  let status = 0;
  let first = true;
  for (const operand of operands) {
    try {
      let source: Source;
      try {
        source = openInput(context, operand);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code !== "EISDIR") {
          await stderr.write(`${name}: cannot open '${operand}' for reading: ${error.reason}\n`);
          status = 1;
          continue;
        }
        if (headers) await stdout.write(`${first ? "" : "\n"}==> ${operand} <==\n`);
        first = false;
        throw error;
      }
      if (headers) await stdout.write(`${first ? "" : "\n"}==> ${operand === "-" ? "standard input" : operand} <==\n`);
      first = false;
      await show(source, operand);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`${name}: error reading '${operand}': ${error.reason}\n`);
      status = 1;
    }
  }
  return status;
}

export const head: Command = async (context) => {
  const options = await readOptions({ ...context, args: modern(context.args) }, HEAD);
  if (typeof options === "number") return options;
  const amount = amountOf(options, "head");
  if (typeof amount === "string") {
    await context.stderr.write(amount);
    return 1;
  }
  const operands = options.operands.length > 0 ? options.operands : ["-"];
  const headers = (operands.length > 1 && !options.has("q")) || options.has("v");
  const { stdout } = context;
  return eachInput(context, "head", operands, headers, async (source) => {
    if (amount.sign === "-") {
      const bytes = await readAll(source);
      await stdout.write(bytes.subarray(0, startOfLast(bytes, amount)));
      return;
    }
    let left = amount.count;
    while (left > 0) {
      const chunk = await source.read();
      if (!chunk) return;
      let end = chunk.byteLength;
      if (amount.unit === "bytes") {
        end = Math.min(end, left);
        left -= end;
      } else {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
          left--;
          if (left > 0) continue;
          end = at + 1;
          break;
        }
      }
      await stdout.write(chunk.subarray(0, end));
    }
  });
};

/** Where the last lines or bytes begin. */
function startOfLast(bytes: Uint8Array, { unit, count }: Amount): number {
  if (unit === "bytes") return Math.max(0, bytes.byteLength - count);
  if (count === 0) return bytes.byteLength;
  let at = bytes.byteLength - 1;
  // The newline that ends the last line does not begin another one.
  if (bytes[at] === 10) at--;
  for (let lines = 0; at >= 0; at--) {
    if (bytes[at] === 10 && ++lines === count) return at + 1;
  }
  return 0;
}

function startOfFrom(bytes: Uint8Array, { unit, count }: Amount): number {
  if (unit === "bytes") return Math.max(0, count - 1);
  let at = 0;
  for (let line = 1; line < count; line++) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return bytes.byteLength;
    at = end + 1;
  }
  return at;
}

export const tail: Command = async (context) => {
  const args = modern(context.args).map((arg) => (/^--follow=(name|descriptor)$/.test(arg) ? "-f" : arg));
  const options = await readOptions({ ...context, args }, TAIL);
  if (typeof options === "number") return options;
  const amount = amountOf(options, "tail");
  if (typeof amount === "string") {
    await context.stderr.write(amount);
    return 1;
  }
  const operands = options.operands.length > 0 ? options.operands : ["-"];
  const headers = (operands.length > 1 && !options.has("q")) || options.has("v");
  const { stdout } = context;
  /** Bytes of each file that were seen. */
  const sizes = new Map<string, number>();
  const status = await eachInput(context, "tail", operands, headers, async (source, operand) => {
    const bytes = await readAll(source);
    sizes.set(resolvePath(context.cwd, operand), bytes.byteLength);
    await stdout.write(bytes.subarray(amount.sign === "+" ? startOfFrom(bytes, amount) : startOfLast(bytes, amount)));
  });
  const followed = operands.filter((operand) => operand !== "-");
  if ((options.has("f") || options.has("F")) && followed.length > 0) await follow(context, followed, sizes, headers);
  return status;
};

/** Writes what is appended to the files until the command is interrupted or nobody reads any more. */
async function follow(
  context: CommandContext,
  operands: readonly string[],
  sizes: Map<string, number>,
  headers: boolean,
): Promise<void> {
  const { files, cwd, stdout, stderr, signal } = context;
  const paths = new Map(operands.map((operand) => [resolvePath(cwd, operand), operand]));
  let wake: () => void = () => undefined;
  // What grew since it was read counts as a change.
  const changed = new Set(paths.keys());
  const unwatch = files.watch((changes) => {
    for (const { kind, path } of changes) if (kind === "write" && paths.has(path)) changed.add(path);
    if (changed.size > 0) wake();
  });
  const stop = () => wake();
  signal.addEventListener("abort", stop, { once: true });
  let shown = operands.at(-1);
  try {
    while (!signal.aborted) {
      if (changed.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (signal.aborted || changed.size > 0) resolve();
        });
      }
      for (const path of [...changed]) {
        changed.delete(path);
        if (!files.isFile(path)) continue;
        const bytes = files.readFile(path);
        let from = sizes.get(path) ?? 0;
        const operand = paths.get(path) ?? "";
        if (bytes.byteLength < from) {
          await stderr.write(`tail: ${operand}: file truncated\n`);
          from = 0;
        }
        sizes.set(path, bytes.byteLength);
        if (bytes.byteLength === from) continue;
        const header =
          headers && shown !== operand ? new TextEncoder().encode(`\n==> ${operand} <==\n`) : new Uint8Array();
        shown = operand;
        await stdout.write(concatenate([header, bytes.subarray(from)]));
      }
    }
  } finally {
    unwatch();
    signal.removeEventListener("abort", stop);
  }
}

/** seq, yes and tee */

import { FileError, resolvePath } from "../../files/tree";
import { BrokenPipe, type Command, type Sink } from "../command";
import { tick } from "../interpreter/tick";
import { formatText } from "../printf-format";
import { fileSink } from "../streams";
import { type Manual, misuse, readOptions } from "./options";

const SEQ: Manual = {
  name: "seq",
  options: [
    { short: "s", long: "separator", value: "required" },
    { short: "w", long: "equal-width" },
    { short: "f", long: "format", value: "required" },
  ],
  help: `Usage: seq [OPTION]... LAST
  or:  seq [OPTION]... FIRST LAST
  or:  seq [OPTION]... FIRST INCREMENT LAST
Print numbers from FIRST to LAST, in steps of INCREMENT.

  -f, --format=FORMAT      use printf style floating-point FORMAT
  -s, --separator=STRING   use STRING to separate numbers (default: \\n)
  -w, --equal-width        equalize width by padding with leading zeroes
      --help        display this help and exit
      --version     output version information and exit
`,
};

const LINES_PER_WRITE = 512;

export const seq: Command = async (context) => {
  // Negative numbers are operands.
  const firstNumber = context.args.findIndex((arg) => /^-?(\d|\.\d)/.test(arg));
  const args =
    firstNumber < 0 ? context.args : [...context.args.slice(0, firstNumber), "--", ...context.args.slice(firstNumber)];
  const options = await readOptions({ ...context, args }, SEQ);
  if (typeof options === "number") return options;
  const { operands } = options;
  if (operands.length === 0) return misuse(context, SEQ, "missing operand");
  if (operands.length > 3) return misuse(context, SEQ, `extra operand ‘${operands[3]}’`);
  const bad = operands.find((operand) => operand.trim() === "" || Number.isNaN(Number(operand)));
  if (bad !== undefined) return misuse(context, SEQ, `invalid floating point argument: ‘${bad}’`);
  const [first, step, last] =
    operands.length === 1
      ? ["1", "1", operands[0]]
      : operands.length === 2
        ? [operands[0], "1", operands[1]]
        : operands;
  const [from, by, to] = [Number(first), Number(step), Number(last)];
  if (by === 0) return misuse(context, SEQ, `invalid Zero increment value: ‘${step}’`);
  const decimals = Math.max(...[first, step].map((text) => /\.(\d+)/.exec(text ?? "")?.[1]?.length ?? 0));
  const count = Math.floor((to - from) / by + 1e-9) + 1;
  const width = options.has("w")
    ? Math.max(from.toFixed(decimals).length, (from + (count - 1) * by).toFixed(decimals).length)
    : 0;
  const separator = options.value("s") ?? "\n";
  const format = options.value("f");
  const shown = (value: number) => {
    if (format !== undefined) return formatText(format, [String(value)], 0).text;
    const text = value.toFixed(decimals);
    return text.startsWith("-") ? `-${text.slice(1).padStart(width - 1, "0")}` : text.padStart(width, "0");
  };
  for (let index = 0; index < count; ) {
    let text = "";
    for (let line = 0; line < LINES_PER_WRITE && index < count; line++, index++) {
      text += shown(from + index * by) + (index < count - 1 ? separator : "\n");
    }
    await context.stdout.write(text);
    await tick(context.signal);
  }
  return 0;
};

const YES: Manual = {
  name: "yes",
  options: [],
  help: `Usage: yes [STRING]...
  or:  yes OPTION
Repeatedly output a line with all specified STRING(s), or 'y'.

      --help        display this help and exit
      --version     output version information and exit
`,
};

export const yes: Command = async (context) => {
  const options = await readOptions(context, YES);
  if (typeof options === "number") return options;
  const line = `${options.operands.length > 0 ? options.operands.join(" ") : "y"}\n`;
  const many = line.repeat(Math.max(1, Math.floor(4096 / line.length)));
  for (;;) {
    await context.stdout.write(many);
    await tick(context.signal);
  }
};

const TEE: Manual = {
  name: "tee",
  options: [{ short: "a", long: "append" }, { short: "i", long: "ignore-interrupts" }, { short: "p" }],
  help: `Usage: tee [OPTION]... [FILE]...
Copy standard input to each FILE, and also to standard output.

  -a, --append              append to the given FILEs, do not overwrite
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const tee: Command = async (context) => {
  const options = await readOptions(context, TEE);
  if (typeof options === "number") return options;
  const { cwd, files, stdin, stdout, stderr } = context;
  const sinks: Sink[] = [stdout];
  let status = 0;
  for (const operand of options.operands) {
    if (operand === "/dev/null") continue;
    try {
      const path = resolvePath(cwd, operand);
      if (files.isDirectory(path)) throw new FileError("EISDIR", path);
      sinks.push(operand === "/dev/stderr" ? stderr : fileSink(files, path, !options.has("a")));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`tee: ${operand}: ${error.reason}\n`);
      status = 1;
    }
  }
  for (let chunk = await stdin.read(); chunk; chunk = await stdin.read()) {
    for (const sink of [...sinks]) {
      try {
        await sink.write(chunk);
      } catch (error) {
        // The files still get everything when nobody reads the standard output.
        if (!(error instanceof BrokenPipe)) throw error;
        sinks.splice(sinks.indexOf(sink), 1);
      }
    }
    if (sinks.length === 0) return 141;
  }
  return status;
};

/** paste */

import { FileError } from "../../files/tree";
import type { Command } from "../command";
import { unescapeText } from "../printf-format";
import { readLines } from "../streams";
import { openInput } from "./input";
import { type Manual, readOptions } from "./options";

const MANUAL: Manual = {
  name: "paste",
  options: [
    { short: "d", long: "delimiters", value: "required" },
    { short: "s", long: "serial" },
  ],
  help: `Usage: paste [OPTION]... [FILE]...
Write lines consisting of the sequentially corresponding lines from
each FILE, separated by TABs, to standard output.

With no FILE, or when FILE is -, read standard input.

  -d, --delimiters=LIST   reuse characters from LIST instead of TABs
  -s, --serial            paste one file at a time instead of in parallel
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const paste: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  const { stdout, stderr } = context;
  const delimiters = [...unescapeText(options.value("d") ?? "\t", false).text];
  const delimiter = (index: number) => delimiters[index % Math.max(1, delimiters.length)] ?? "";
  const operands = options.operands.length > 0 ? options.operands : ["-"];
  // All `-` take turns at the same input.
  let shared: AsyncIterator<string> | undefined;
  const columns: AsyncIterator<string>[] = [];
  for (const operand of operands) {
    try {
      if (operand === "-") {
        shared ??= readLines(context.stdin);
        columns.push(shared);
      } else columns.push(readLines(openInput(context, operand)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`paste: ${operand}: ${error.reason}\n`);
      return 1;
    }
  }
  if (options.has("s")) {
    for (const column of columns) {
      let line = "";
      let index = 0;
      for (let next = await column.next(); !next.done; next = await column.next(), index++) {
        line += (index > 0 ? delimiter(index - 1) : "") + next.value;
      }
      await stdout.write(`${line}\n`);
    }
    return 0;
  }
  for (;;) {
    const cells: (string | undefined)[] = [];
    for (const column of columns) {
      const next = await column.next();
      cells.push(next.done ? undefined : next.value);
    }
    if (cells.every((cell) => cell === undefined)) return 0;
    await stdout.write(
      `${cells.map((cell, index) => (index > 0 ? delimiter(index - 1) : "") + (cell ?? "")).join("")}\n`,
    );
  }
};

/** uniq */

import { FileError, resolvePath } from "../../files/tree";
import type { Command } from "../command";
import { readLines } from "../streams";
import { openInput } from "./input";
import { type Manual, readOptions } from "./options";

const MANUAL: Manual = {
  name: "uniq",
  options: [
    { short: "c", long: "count" },
    { short: "d", long: "repeated" },
    { short: "u", long: "unique" },
    { short: "i", long: "ignore-case" },
    { short: "f", long: "skip-fields", value: "required" },
    { short: "s", long: "skip-chars", value: "required" },
  ],
  help: `Usage: uniq [OPTION]... [INPUT [OUTPUT]]
Filter adjacent matching lines from INPUT (or standard input),
writing to OUTPUT (or standard output).

With no options, matching lines are merged to the first occurrence.

  -c, --count           prefix lines by the number of occurrences
  -d, --repeated        only print duplicate lines, one for each group
  -f, --skip-fields=N   avoid comparing the first N fields
  -i, --ignore-case     ignore differences in case when comparing
  -s, --skip-chars=N    avoid comparing the first N characters
  -u, --unique          only print unique lines
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const uniq: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  const [input = "-", target] = options.operands;
  const fields = Number(options.value("f") ?? 0);
  const characters = Number(options.value("s") ?? 0);
  const key = (line: string) => {
    const rest = line.replace(new RegExp(`^(?:\\s*\\S+){0,${fields}}`), fields > 0 ? "" : "$&").slice(characters);
    return options.has("i") ? rest.toLowerCase() : rest;
  };
  let text = "";
  const { stdout, stderr, files, cwd } = context;
  const put = async (line: string, count: number) => {
    if ((options.has("d") && count < 2) || (options.has("u") && count > 1)) return;
    const shown = `${options.has("c") ? `${String(count).padStart(7)} ` : ""}${line}\n`;
    if (target === undefined) await stdout.write(shown);
    else text += shown;
  };
  try {
    let group: string | undefined;
    let count = 0;
    for await (const line of readLines(openInput(context, input))) {
      if (group !== undefined && key(line) === key(group)) {
        count++;
        continue;
      }
      if (group !== undefined) await put(group, count);
      group = line;
      count = 1;
    }
    if (group !== undefined) await put(group, count);
    if (target !== undefined) files.writeFile(resolvePath(cwd, target), text);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await stderr.write(`uniq: ${input}: ${error.reason}\n`);
    return 1;
  }
};

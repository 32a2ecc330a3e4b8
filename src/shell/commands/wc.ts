/** wc */

import { FileError, resolvePath } from "../../files/tree";
import type { Command, Source } from "../command";
import { openInput } from "./input";
import { type Manual, readOptions } from "./options";

const MANUAL: Manual = {
  name: "wc",
  options: [
    { short: "l", long: "lines" },
    { short: "w", long: "words" },
    { short: "c", long: "bytes" },
    { short: "m", long: "chars" },
    { short: "L", long: "max-line-length" },
  ],
  help: `Usage: wc [OPTION]... [FILE]...
Print newline, word, and byte counts for each FILE, and a total line if
more than one FILE is specified.  A word is a nonempty sequence of non white
space delimited by white space characters or by start or end of input.

With no FILE, or when FILE is -, read standard input.

  -c, --bytes            print the byte counts
  -m, --chars            print the character counts
  -l, --lines            print the newline counts
  -L, --max-line-length  print the maximum display width
  -w, --words            print the word counts
      --help        display this help and exit
      --version     output version information and exit
`,
};

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

async function count(source: Source): Promise<Counts> {
  const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
  const decoder = new TextDecoder();
  let inWord = false;
  let width = 0;
  const take = (text: string) => {
    for (const character of text) {
      counts.chars++;
      if (character === "\n") {
        counts.lines++;
        counts.longest = Math.max(counts.longest, width);
        width = 0;
      } else width++;
      const blank = /\s/.test(character);
      if (!blank && !inWord) counts.words++;
      inWord = !blank;
    }
  };
  for (let chunk = await source.read(); chunk; chunk = await source.read()) {
    counts.bytes += chunk.byteLength;
    take(decoder.decode(chunk, { stream: true }));
  }
  take(decoder.decode());
  counts.longest = Math.max(counts.longest, width);
  return counts;
}

export const wc: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  const { stdout, stderr, files, cwd } = context;
  const wanted = options.given.length > 0;
  const keys: (keyof Counts)[] = [];
  for (const [letter, key] of [
    ["l", "lines"],
    ["w", "words"],
    ["m", "chars"],
    ["c", "bytes"],
    ["L", "longest"],
  ] as const) {
    if (wanted ? options.has(letter) : ["l", "w", "c"].includes(letter)) keys.push(key);
  }
  const operands = options.operands.length > 0 ? options.operands : ["-"];
  // Columns are as wide as the sum of the sizes; a pipe, whose size nobody knows, makes them 7 wide.
  const known = operands.every((operand) => operand !== "-");
  const size = operands.reduce((sum, operand) => {
    const path = resolvePath(cwd, operand);
    return files.isFile(path) ? sum + files.stat(path).size : sum;
  }, 0);
  const odd = operands.some((operand) => files.isDirectory(resolvePath(cwd, operand)));
  const single = operands.length === 1 && keys.length === 1;
  const width = single ? 1 : known && !odd ? String(size).length : 7;
  const line = (counts: Counts, name: string) =>
    `${keys.map((key) => String(counts[key]).padStart(width)).join(" ")}${name === "" ? "" : ` ${name}`}\n`;
  const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
  let status = 0;
  for (const operand of operands) {
    let counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
    try {
      counts = await count(openInput(context, operand));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`wc: ${operand}: ${error.reason}\n`);
      status = 1;
      if (error.code !== "EISDIR") continue;
    }
    for (const key of ["lines", "words", "chars", "bytes"] as const) total[key] += counts[key];
    total.longest = Math.max(total.longest, counts.longest);
    await stdout.write(line(counts, options.operands.length > 0 ? operand : ""));
  }
  if (operands.length > 1) await stdout.write(line(total, "total"));
  return status;
};

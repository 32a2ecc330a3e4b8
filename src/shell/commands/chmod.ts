/** chmod */

import { FileError, type FileTree, resolvePath } from "../../files/tree";
import type { Command } from "../command";
import { type Manual, misuse, readOptions } from "./options";

const MANUAL: Manual = {
  name: "chmod",
  options: [
    { short: "R", long: "recursive" },
    { short: "v", long: "verbose" },
    { short: "c", long: "changes" },
    { short: "f", long: "silent" },
  ],
  help: `Usage: chmod [OPTION]... MODE[,MODE]... FILE...
  or:  chmod [OPTION]... OCTAL-MODE FILE...
Change the mode of each FILE to MODE.

  -c, --changes          like verbose but report only when a change is made
  -f, --silent, --quiet  suppress most error messages
  -R, --recursive        change files and directories recursively
  -v, --verbose          output a diagnostic for every file processed
      --help        display this help and exit
      --version     output version information and exit

Each MODE is of the form '[ugoa]*([-+=]([rwxXst]*|[ugo]))+|[-+=][0-7]+'.
`,
};

const MASKS: Record<string, number> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const BITS: Record<string, number> = { r: 0o444, w: 0o222, x: 0o111 };

/** How a mode text changes permission bits; undefined when it is none. */
export function parseMode(text: string): ((mode: number, directory: boolean) => number) | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return () => Number.parseInt(text, 8) & 0o777;
  const clauses = text.split(",");
  if (!clauses.every((clause) => /^[ugoa]*([-+=][rwxXst]*)+$/.test(clause))) return undefined;
  return (mode, directory) => {
    let result = mode;
    for (const clause of clauses) {
      const who = /^[ugoa]*/.exec(clause)?.[0] ?? "";
      // Without a letter the umask (022) protects group and others from `w`.
      const mask = who === "" ? 0o755 : [...who].reduce((sum, letter) => sum | (MASKS[letter] ?? 0), 0);
      for (const [, operator, letters = ""] of clause.slice(who.length).matchAll(/([-+=])([rwxXst]*)/g)) {
        let bits = 0;
        for (const letter of letters) {
          if (letter === "X" && (directory || (result & 0o111) !== 0)) bits |= 0o111;
          else bits |= BITS[letter] ?? 0;
        }
        bits &= mask;
        if (operator === "+") result |= bits;
        else if (operator === "-") result &= ~bits;
        else result = (result & ~mask) | bits;
      }
    }
    return result;
  };
}

export const chmod: Command = async (context) => {
  // `-x` and `-w` are modes, not options.
  const args = [...context.args];
  const modeAt = args.findIndex((arg) => /^-[rwxX]+$/.test(arg));
  const removed = modeAt >= 0 ? args.splice(modeAt, 1)[0] : undefined;
  const options = await readOptions({ ...context, args }, MANUAL);
  if (typeof options === "number") return options;
  const [text, ...operands] = removed === undefined ? options.operands : [removed, ...options.operands];
  if (text === undefined) return misuse(context, MANUAL, "missing operand");
  if (operands.length === 0) return misuse(context, MANUAL, `missing operand after ‘${text}’`);
  const change = parseMode(text);
  if (!change) return misuse(context, MANUAL, `invalid mode: ‘${text}’`);
  const { cwd, files, stderr } = context;
  let status = 0;
  for (const operand of operands) {
    const path = resolvePath(cwd, operand);
    try {
      apply(files, path, change, options.has("R"));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`chmod: cannot access '${operand}': ${error.reason}\n`);
      status = 1;
    }
  }
  return status;
};

function apply(
  files: FileTree,
  path: string,
  change: (mode: number, directory: boolean) => number,
  recursive: boolean,
): void {
  const { mode, kind } = files.stat(path);
  files.changeMode(path, change(mode, kind === "directory"));
  if (!recursive || kind !== "directory") return;
  for (const name of files.readDirectory(path)) {
    const inner = resolvePath(path, name);
    if (files.lstat(inner).kind !== "symlink") apply(files, inner, change, true);
  }
}

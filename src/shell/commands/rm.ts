/** rm */

import { directoryName, FileError, resolvePath } from "../../files/tree";
import type { Command, CommandContext } from "../command";
import { readLines } from "../streams";
import { type Manual, misuse, readOptions } from "./options";

const MANUAL: Manual = {
  name: "rm",
  options: [
    { short: "r", long: "recursive" },
    { short: "R" },
    { short: "f", long: "force" },
    { short: "i", long: "interactive", value: "optional" },
    { short: "I" },
    { short: "d", long: "dir" },
    { short: "v", long: "verbose" },
  ],
  help: `Usage: rm [OPTION]... [FILE]...
Remove (unlink) the FILE(s).

  -f, --force           ignore nonexistent files and arguments, never prompt
  -i                    prompt before every removal
  -r, -R, --recursive   remove directories and their contents recursively
  -d, --dir             remove empty directories
  -v, --verbose         explain what is being done
      --help        display this help and exit
      --version     output version information and exit

By default, rm does not remove directories.  Use the --recursive (-r or -R)
option to remove each listed directory, too, along with all of its contents.
`,
};

export const rm: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  const { cwd, files, stdout, stderr } = context;
  const force = options.given.findLast(([name]) => name === "f" || name === "i")?.[0] === "f";
  const recursive = options.has("r") || options.has("R");
  if (options.operands.length === 0) return options.has("f") ? 0 : misuse(context, MANUAL, "missing operand");
  const ask = options.has("i") && !force ? asker(context) : undefined;
  let status = 0;
  const fail = async (message: string) => {
    await stderr.write(`rm: ${message}\n`);
    status = 1;
  };
  for (const operand of options.operands) {
    if (/(^|\/)\.\.?\/*$/.test(operand) && recursive) {
      await fail(`refusing to remove '.' or '..' directory: skipping '${operand}'`);
      continue;
    }
    const path = resolvePath(cwd, operand);
    if (path === "/" && recursive) {
      await fail("it is dangerous to operate recursively on '/'");
      await stderr.write("rm: use --no-preserve-root to override this failsafe\n");
      continue;
    }
    try {
      if (operand === "") throw new FileError("ENOENT", path);
      const { kind, size } = files.lstat(path);
      if (kind === "directory" && !recursive && !options.has("d")) throw new FileError("EISDIR", path);
      const what =
        kind === "directory"
          ? "directory"
          : kind === "symlink"
            ? "symbolic link"
            : size === 0
              ? "regular empty file"
              : "regular file";
      if (ask && !(await ask(`rm: remove ${what} '${operand}'? `))) continue;
      if (recursive && kind === "directory" && options.has("v")) {
        const inside = [...files.entries(path)]
          .filter(([each]) => each !== path)
          .map(([each, entry]) => ({ each, directory: entry.kind === "directory" }))
          .reverse();
        for (const { each, directory } of inside) {
          await stdout.write(
            `${directory ? "removed directory" : "removed"} '${operand.replace(/\/$/, "")}${each.slice(path.length)}'\n`,
          );
        }
      }
      files.remove(path, { recursive, directory: true });
      if (options.has("v") && kind !== "directory") await stdout.write(`removed '${operand}'\n`);
      else if (options.has("v")) await stdout.write(`removed directory '${operand}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (force && error.code === "ENOENT") continue;
      const parentIsFile = error.code === "ENOENT" && files.isFile(directoryName(path));
      await fail(`cannot remove '${operand}': ${parentIsFile ? "Not a directory" : error.reason}`);
    }
  }
  return status;
};

function asker({ stdin, stderr }: CommandContext): (question: string) => Promise<boolean> {
  const lines = readLines(stdin);
  return async (question) => {
    await stderr.write(question);
    const answer = await lines.next();
    return !answer.done && /^[yYsS]/.test(answer.value);
  };
}

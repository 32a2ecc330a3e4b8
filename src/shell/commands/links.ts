/** ln and realpath */

import { baseName, FileError, resolvePath } from "../../files/tree";
import type { Command } from "../command";
import { type Manual, misuse, readOptions } from "./options";

const LN: Manual = {
  name: "ln",
  options: [
    { short: "s", long: "symbolic" },
    { short: "f", long: "force" },
    { short: "n", long: "no-dereference" },
    { short: "v", long: "verbose" },
    { short: "T", long: "no-target-directory" },
  ],
  help: `Usage: ln [OPTION]... [-T] TARGET LINK_NAME
  or:  ln [OPTION]... TARGET
  or:  ln [OPTION]... TARGET... DIRECTORY
In the 1st form, create a link to TARGET with the name LINK_NAME.

  -f, --force                 remove existing destination files
  -n, --no-dereference        treat LINK_NAME as a normal file if
                                it is a symbolic link to a directory
  -s, --symbolic              make symbolic links instead of hard links
  -v, --verbose               print name of each linked file
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const ln: Command = async (context) => {
  const options = await readOptions(context, LN);
  if (typeof options === "number") return options;
  const { cwd, files, stdout, stderr } = context;
  const targets = [...options.operands];
  if (targets.length === 0) return misuse(context, LN, "missing file operand");
  const last = targets.length > 1 ? (targets.pop() ?? ".") : ".";
  const into = files.isDirectory(resolvePath(cwd, last)) && !options.has("T") && !options.has("n");
  const kind = options.has("s") ? "symbolic" : "hard";
  let status = 0;
  for (const target of targets) {
    const name = into ? `${last.replace(/\/+$/, "")}/${baseName(target.replace(/\/+$/, ""))}` : last;
    const path = resolvePath(cwd, name);
    try {
      if (kind === "hard" && !files.exists(resolvePath(cwd, target))) {
        await stderr.write(`ln: failed to access '${target}': No such file or directory\n`);
        status = 1;
        continue;
      }
      if (options.has("f") && isThere(() => files.lstat(path))) files.remove(path);
      if (kind === "symbolic") files.symlink(target, path);
      else {
        if (files.isDirectory(resolvePath(cwd, target))) {
          await stderr.write(`ln: ${target}: hard link not allowed for directory\n`);
          status = 1;
          continue;
        }
        // The tree has no second names for a file: a hard link is a copy.
        if (isThere(() => files.lstat(path))) throw new FileError("EEXIST", path);
        files.writeFile(path, files.readFile(resolvePath(cwd, target)));
      }
      if (options.has("v")) await stdout.write(`'${name}' -> '${target}'\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`ln: failed to create ${kind} link '${name}': ${error.reason}\n`);
      status = 1;
    }
  }
  return status;
};

function isThere(stat: () => unknown): boolean {
  try {
    stat();
    return true;
  } catch {
    return false;
  }
}

const REALPATH: Manual = {
  name: "realpath",
  options: [
    { short: "e", long: "canonicalize-existing" },
    { short: "m", long: "canonicalize-missing" },
    { short: "s", long: "strip" },
    { short: "q", long: "quiet" },
  ],
  help: `Usage: realpath [OPTION]... FILE...
Print the resolved absolute file name;
all but the last component must exist

  -e, --canonicalize-existing  all components of the path must exist
  -m, --canonicalize-missing   no path components need exist or be a directory
  -s, --strip, --no-symlinks   don't expand symlinks
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const realpath: Command = async (context) => {
  const options = await readOptions(context, REALPATH);
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return misuse(context, REALPATH, "missing operand");
  const { cwd, files, stdout, stderr } = context;
  let status = 0;
  for (const operand of options.operands) {
    const path = resolvePath(cwd, operand);
    try {
      if (options.has("e")) files.stat(path);
      const resolved = options.has("s") || (options.has("m") && !files.exists(path)) ? path : files.realPath(path);
      await stdout.write(`${resolved}\n`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`realpath: ${operand}: ${error.reason}\n`);
      status = 1;
    }
  }
  return status;
};

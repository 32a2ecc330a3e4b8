/** mkdir and rmdir */

import { baseName, directoryName, FileError, resolvePath } from "../../files/tree";
import type { Command } from "../command";
import { attempt } from "./input";
import { type Manual, misuse, readOptions } from "./options";

const MKDIR: Manual = {
  name: "mkdir",
  options: [
    { short: "p", long: "parents" },
    { short: "v", long: "verbose" },
    { short: "m", long: "mode", value: "required" },
  ],
  help: `Usage: mkdir [OPTION]... DIRECTORY...
Create the DIRECTORY(ies), if they do not already exist.

  -m, --mode=MODE   set file mode (as in chmod), not a=rwx - umask
  -p, --parents     no error if existing, make parent directories as needed
  -v, --verbose     print a message for each created directory
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const mkdir: Command = async (context) => {
  const options = await readOptions(context, MKDIR);
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return misuse(context, MKDIR, "missing operand");
  const { cwd, files, stdout } = context;
  const mode = options.value("m");
  const parents = options.has("p");
  let status = 0;
  for (const operand of options.operands) {
    const target = resolvePath(cwd, operand);
    const make = async (path: string, shown: string) => {
      files.makeDirectory(path);
      if (options.has("v")) await stdout.write(`mkdir: created directory '${shown}'\n`);
    };
    let blamed = operand;
    const made = await attempt(
      context,
      async () => {
        if (operand === "") throw new FileError("ENOENT", operand);
        if (parents) {
          const missing: string[] = [];
          for (let at = target; at !== "/" && !files.exists(at); at = directoryName(at)) missing.unshift(at);
          const base = missing[0] === undefined ? target : directoryName(missing[0]);
          if (!files.isDirectory(base)) {
            blamed = operand.startsWith("/") ? base : base.slice(cwd === "/" ? 1 : cwd.length + 1);
            throw new FileError(missing[0] === undefined ? "EEXIST" : "ENOTDIR", base);
          }
          for (const path of missing)
            await make(path, operand.startsWith("/") ? path : path.slice(cwd === "/" ? 1 : cwd.length + 1));
        } else await make(target, operand);
        if (mode !== undefined && /^[0-7]+$/.test(mode)) files.changeMode(target, Number.parseInt(mode, 8));
      },
      (reason) => `mkdir: cannot create directory ‘${blamed}’: ${reason}`,
    );
    if (!made) status = 1;
  }
  return status;
};

const RMDIR: Manual = {
  name: "rmdir",
  options: [{ short: "p", long: "parents" }, { short: "v", long: "verbose" }, { long: "ignore-fail-on-non-empty" }],
  help: `Usage: rmdir [OPTION]... DIRECTORY...
Remove the DIRECTORY(ies), if they are empty.

      --ignore-fail-on-non-empty
                    ignore each failure to remove a non-empty directory
  -p, --parents     remove DIRECTORY and its ancestors;
                    e.g., 'rmdir -p a/b' is similar to 'rmdir a/b a'
  -v, --verbose     output a diagnostic for every directory processed
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const rmdir: Command = async (context) => {
  const options = await readOptions(context, RMDIR);
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return misuse(context, RMDIR, "missing operand");
  const { cwd, files, stdout, stderr } = context;
  let status = 0;
  for (const operand of options.operands) {
    for (let shown = operand; shown !== "" && shown !== "."; ) {
      try {
        const path = resolvePath(cwd, shown);
        if (options.has("v")) await stdout.write(`rmdir: removing directory, '${shown}'\n`);
        if (files.lstat(path).kind !== "directory") throw new FileError("ENOTDIR", path);
        files.remove(path, { directory: true });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code === "ENOTEMPTY" && options.has("ignore-fail-on-non-empty")) break;
        await stderr.write(`rmdir: failed to remove '${shown}': ${error.reason}\n`);
        status = 1;
        break;
      }
      if (!options.has("p") || baseName(shown) === shown) break;
      shown = directoryName(shown);
      if (shown === "/") break;
    }
  }
  return status;
};

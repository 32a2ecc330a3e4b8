/** cp and mv */

import { baseName, directoryName, FileError, resolvePath } from "../../files/tree";
import type { Command, CommandContext } from "../command";
import { type Manual, misuse, type OptionSpec, readOptions } from "./options";

const SHARED: readonly OptionSpec[] = [
  { short: "f", long: "force" },
  { short: "i", long: "interactive" },
  { short: "n", long: "no-clobber" },
  { short: "v", long: "verbose" },
  { short: "t", long: "target-directory", value: "required" },
  { short: "T", long: "no-target-directory" },
  { short: "u", long: "update", value: "optional" },
];

const CP: Manual = {
  name: "cp",
  options: [
    ...SHARED,
    { short: "r", long: "recursive" },
    { short: "R" },
    { short: "a", long: "archive" },
    { short: "p" },
    { short: "L", long: "dereference" },
    { short: "P", long: "no-dereference" },
    { short: "d" },
  ],
  help: `Usage: cp [OPTION]... [-T] SOURCE DEST
  or:  cp [OPTION]... SOURCE... DIRECTORY
  or:  cp [OPTION]... -t DIRECTORY SOURCE...
Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.

  -a, --archive                same as -dR --preserve=all
  -f, --force                  if an existing destination file cannot be
                                 opened, remove it and try again
  -n, --no-clobber             do not overwrite an existing file
  -p                           same as --preserve=mode,ownership,timestamps
  -R, -r, --recursive          copy directories recursively
  -t, --target-directory=DIRECTORY  copy all SOURCE arguments into DIRECTORY
  -T, --no-target-directory    treat DEST as a normal file
  -u, --update                 copy only when the SOURCE file is newer
  -v, --verbose                explain what is being done
      --help                   display this help and exit
      --version                output version information and exit
`,
};

const MV: Manual = {
  name: "mv",
  options: SHARED,
  help: `Usage: mv [OPTION]... [-T] SOURCE DEST
  or:  mv [OPTION]... SOURCE... DIRECTORY
  or:  mv [OPTION]... -t DIRECTORY SOURCE...
Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.

  -f, --force                  do not prompt before overwriting
  -i, --interactive            prompt before overwrite
  -n, --no-clobber             do not overwrite an existing file
  -t, --target-directory=DIRECTORY  move all SOURCE arguments into DIRECTORY
  -T, --no-target-directory    treat DEST as a normal file
  -u, --update                 move only when the SOURCE file is newer
  -v, --verbose                explain what is being done
      --help                   display this help and exit
      --version                output version information and exit
`,
};

interface Job {
  readonly source: string;
  readonly from: string;
  /** As shown in messages. */
  readonly target: string;
  readonly to: string;
}

function transfer(
  manual: Manual,
  act: (job: Job, context: CommandContext, options: ReadonlySet<string>) => void,
): Command {
  const { name } = manual;
  return async (context) => {
    const options = await readOptions(context, manual);
    if (typeof options === "number") return options;
    const { cwd, files, stdout, stderr } = context;
    const flags = new Set(options.given.map(([flag]) => flag));
    const sources = [...options.operands];
    if (sources.length === 0) return misuse(context, manual, "missing file operand");
    const directory = options.value("t");
    const target = directory ?? (sources.length > 1 ? sources.pop() : undefined);
    if (target === undefined) return misuse(context, manual, `missing destination file operand after '${sources[0]}'`);
    const into = files.isDirectory(resolvePath(cwd, target)) && !flags.has("T");
    if (!into && (sources.length > 1 || directory !== undefined)) {
      const reason = files.exists(resolvePath(cwd, target)) ? "Not a directory" : "No such file or directory";
      await stderr.write(`${name}: target '${target}': ${reason}\n`);
      return 1;
    }
    let status = 0;
    for (const source of sources) {
      const from = resolvePath(cwd, source);
      const inside = into ? `${target.replace(/\/+$/, "")}/${baseName(from)}` : target;
      const job: Job = { source, from, target: inside, to: resolvePath(cwd, inside) };
      try {
        if (source === "" || !present(job.from, context))
          throw new Refusal(`cannot stat '${source}': ${absence(source, context)}`);
        if (!into && target.endsWith("/") && files.exists(job.to))
          throw new Refusal(`cannot stat '${target}': Not a directory`);
        if (!into && files.isFile(directoryName(job.to))) throw new Refusal(`cannot stat '${target}': Not a directory`);
        if (flags.has("n") && present(job.to, context)) continue;
        if (flags.has("u") && files.exists(job.to) && files.stat(job.to).mtime >= files.lstat(job.from).mtime) continue;
        act(job, context, flags);
        if (flags.has("v")) await stdout.write(`${name === "mv" ? "renamed " : ""}'${source}' -> '${inside}'\n`);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await stderr.write(`${name}: ${error.message}\n`);
        status = 1;
      }
    }
    return status;
  };
}

class Refusal extends Error {}

function present(path: string, { files }: CommandContext): boolean {
  try {
    files.lstat(path);
    return true;
  } catch {
    return false;
  }
}

function absence(operand: string, { cwd, files }: CommandContext): string {
  return operand !== "" && files.isFile(directoryName(resolvePath(cwd, operand)))
    ? "Not a directory"
    : "No such file or directory";
}

/** Copies one node and what is in it. Throws FileError. */
function copyNode(from: string, to: string, context: CommandContext, keep: boolean): void {
  const { files } = context;
  const stat = files.lstat(from);
  if (stat.kind === "symlink") {
    if (present(to, context)) files.remove(to);
    files.symlink(files.readLink(from), to);
  } else if (stat.kind === "file") {
    files.writeFile(to, files.readFile(from), files.exists(to) ? {} : { mode: stat.mode });
    if (keep) files.touch(to, stat.mtime);
  } else {
    if (!files.isDirectory(to)) files.makeDirectory(to);
    for (const name of files.readDirectory(from)) copyNode(`${from}/${name}`, `${to}/${name}`, context, keep);
    if (keep) files.touch(to, stat.mtime);
  }
}

export const cp = transfer(CP, ({ source, from, target, to }, context, flags) => {
  const { files } = context;
  const recursive = flags.has("r") || flags.has("R") || flags.has("a");
  const link = files.lstat(from).kind === "symlink" && (flags.has("P") || flags.has("d") || recursive);
  const real = link || !files.exists(from) ? from : files.realPath(from);
  if (!link && files.isDirectory(from)) {
    if (!recursive) throw new Refusal(`-r not specified; omitting directory '${source}'`);
    if (`${to}/`.startsWith(`${real}/`)) {
      throw new Refusal(
        to === real
          ? `'${source}' and '${target}' are the same file`
          : `cannot copy a directory, '${source}', into itself, '${target}'`,
      );
    }
    if (files.isFile(to)) throw new Refusal(`cannot overwrite non-directory '${target}' with directory '${source}'`);
  } else {
    if (present(to, context) && files.exists(to) && files.realPath(to) === real)
      throw new Refusal(`'${source}' and '${target}' are the same file`);
    if (files.isDirectory(to)) throw new Refusal(`cannot overwrite directory '${target}' with non-directory`);
  }
  try {
    copyNode(real, to, context, flags.has("p") || flags.has("a"));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const what = files.isDirectory(from) ? "directory" : "regular file";
    if (error.code === "ENOSPC") throw new Refusal(`error writing '${target}': ${error.reason}`);
    const reason = target.endsWith("/") ? "Not a directory" : error.reason;
    throw new Refusal(`cannot create ${what} '${target}': ${reason}`);
  }
});

export const mv = transfer(MV, ({ source, from, target, to }, context) => {
  const { files } = context;
  if (from === to) throw new Refusal(`'${source}' and '${target}' are the same file`);
  const directory = files.lstat(from).kind === "directory";
  if (directory && to.startsWith(`${from}/`))
    throw new Refusal(`cannot move '${source}' to a subdirectory of itself, '${target}'`);
  if (directory && files.isFile(to))
    throw new Refusal(`cannot overwrite non-directory '${target}' with directory '${source}'`);
  if (!directory && files.isDirectory(to))
    throw new Refusal(`cannot overwrite directory '${target}' with non-directory '${source}'`);
  try {
    files.rename(from, to);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Refusal(`cannot move '${source}' to '${target}': ${error.reason}`);
  }
});

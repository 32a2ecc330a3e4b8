/** The `git` command: options of Git itself, the table of subcommands, and how failures are shown. */

import { FileError, resolvePath } from "../files/tree";
import { COMMANDS } from "./commands/table";
import { Failure } from "./failures";
import { GENERAL_HELP, GIT_COMMANDS, unknownCommand } from "./help";
import { type GitCommand, Invocation } from "./invocation";
import type { GitContext } from "./ports";

export const GIT_VERSION = "2.51.0";

/**
 * Runs one command line of `git` and resolves with its exit code. Texts, streams and codes are those of Git.
 * Rejects only with what the streams reject with; an internal error is `fatal: …` and 128.
 */
export async function git(context: GitContext): Promise<number> {
  const args = [...context.args];
  const overrides: [string, string][] = [];
  let cwd = context.cwd;
  for (;;) {
    const option = args[0];
    if (option === undefined) {
      await context.stdout.write(GENERAL_HELP);
      return 1;
    }
    if (!option.startsWith("-")) break;
    args.shift();
    if (option === "--version" || option === "-v") {
      await context.stdout.write(`git version ${GIT_VERSION}\n`);
      return 0;
    }
    if (option === "--help" || option === "-h") {
      await context.stdout.write(GENERAL_HELP);
      return 0;
    }
    if (option === "-C" || option === "-c") {
      const value = args.shift();
      if (value === undefined) {
        await context.stderr.write(
          option === "-C" ? "no directory given for '-C'\n" : "-c expects a configuration string\n",
        );
        return 129;
      }
      if (option === "-c") {
        const cut = value.indexOf("=");
        overrides.push(cut < 0 ? [value, "true"] : [value.slice(0, cut), value.slice(cut + 1)]);
        continue;
      }
      cwd = resolvePath(cwd, value);
      if (!context.files.isDirectory(cwd)) {
        await context.stderr.write(`fatal: cannot change to '${value}': No such file or directory\n`);
        return 128;
      }
    } else if (option !== "--no-pager" && option !== "-P" && option !== "--paginate" && option !== "-p") {
      await context.stderr.write(`unknown option: ${option}\n${USAGE}`);
      return 129;
    }
  }
  const name = args.shift() ?? "";
  if (name === "help" || name === "version") return generalCommand(context, name, args[0]);
  const command = commandFor(name);
  if (!command) {
    if (!GIT_COMMANDS.includes(name)) {
      await context.stderr.write(unknownCommand(name));
      return 1;
    }
    await context.stderr.write(`fatal: 'git ${name}' is not available in this terminal\n`);
    return 128;
  }
  return runCommand(command, new Invocation(context, name, args, cwd, overrides));
}

function commandFor(name: string): GitCommand | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

/** Manual pages are not installed here, so `git help <command>` answers as `man` does without them. */
async function generalCommand(
  context: GitContext,
  name: "help" | "version",
  topic: string | undefined,
): Promise<number> {
  if (name === "version") await context.stdout.write(`git version ${GIT_VERSION}\n`);
  else if (topic === undefined || topic.startsWith("-")) await context.stdout.write(GENERAL_HELP);
  else {
    await context.stderr.write(
      `No manual entry for ${GIT_COMMANDS.includes(topic) ? `git-${topic}` : `git${topic}`}\n`,
    );
    return 16;
  }
  return 0;
}

async function runCommand(command: GitCommand, run: Invocation): Promise<number> {
  try {
    return await command(run);
  } catch (error) {
    if (run.context.signal.aborted) return 130;
    if (error instanceof Failure) {
      await run.err(error.text);
      return error.code;
    }
    if (error instanceof FileError) {
      await run.err(`fatal: unable to access '${error.path}': ${error.reason}\n`);
      return 128;
    }
    if (error instanceof Error && "caller" in error) {
      // Raised by isomorphic-git: a damaged repository, mostly.
      await run.err(`fatal: ${error.message}\n`);
      return 128;
    }
    throw error;
  }
}

const USAGE = `usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]
           [--no-pager] <command> [<args>]
`;

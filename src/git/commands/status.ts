import type { GitCommand } from "../invocation";
import { parseOptions } from "../options";
import { readStatus } from "../status";
import { longStatus, shortStatus } from "../status-text";

const USAGE = "usage: git status [<options>] [--] [<pathspec>...]\n";

/** `git status [-s] [-b] [--porcelain] [-uno]` */
export const status: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      short: { short: "s" },
      branch: { short: "b" },
      long: {},
      porcelain: { value: "optional" },
      "untracked-files": { short: "u", value: "optional" },
      ignored: {},
    },
    USAGE,
  );
  const repository = run.repository();
  const state = await readStatus(run, repository, repository.readIndex());
  const text = {
    prefix: repository.prefix,
    colour: run.colours("stdout") && !options.has("porcelain"),
    hideUntracked: options.value("untracked-files") === "no",
  };
  const short = options.has("short") || options.has("porcelain");
  await run.out(
    short
      ? shortStatus(state, { ...text, branch: options.has("branch"), porcelain: options.has("porcelain") })
      : longStatus(state, text),
  );
  return 0;
};

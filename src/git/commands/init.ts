import { FileError, resolvePath } from "../../files/tree";
import { Fatal } from "../failures";
import type { GitCommand } from "../invocation";
import { parseOptions } from "../options";
import { isBranchName } from "../refs";

const USAGE = "usage: git init [-q | --quiet] [-b <branch-name> | --initial-branch=<branch-name>] [<directory>]\n";

/** What Git 2.51 says when it has to choose the name by itself. */
const MASTER_HINT = `hint: Using 'master' as the name for the initial branch. This default branch name
hint: is subject to change. To configure the initial branch name to use in all
hint: of your new repositories, which will suppress this warning, call:
hint:
hint: 	git config --global init.defaultBranch <name>
hint:
hint: Names commonly chosen instead of 'master' are 'main', 'trunk' and
hint: 'development'. The just-created branch can be renamed via this command:
hint:
hint: 	git branch -m <name>
`;

const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
	logallrefupdates = true
`;

const EXCLUDE = `# git ls-files --others --exclude-from=.git/info/exclude
# Lines that start with '#' are comments.
# For a project mostly in C, the following would be a good set of
# exclude patterns (uncomment them if you want to use them):
# *.[oa]
# *~
`;

/** `git init [-b <branch>] [<directory>]` */
export const init: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    { quiet: { short: "q" }, "initial-branch": { short: "b", value: "required" } },
    USAGE,
  );
  const { files } = run;
  const target = options.rest[0];
  const root = resolvePath(run.cwd, target ?? ".");
  try {
    files.makeDirectory(root, { recursive: true });
  } catch (error) {
    if (error instanceof FileError) throw new Fatal(`cannot mkdir ${target}: ${error.reason}`);
    throw error;
  }
  const gitdir = root === "/" ? "/.git" : `${root}/.git`;
  const shown = `${gitdir}/`;
  const chosen = options.value("initial-branch") ?? run.config("init.defaultBranch");
  if (files.isFile(`${gitdir}/HEAD`)) {
    if (options.has("initial-branch")) {
      await run.err(`warning: re-init: ignored --initial-branch=${options.value("initial-branch")}\n`);
    }
    if (!options.has("quiet")) await run.out(`Reinitialized existing Git repository in ${shown}\n`);
    return 0;
  }
  const branch = chosen ?? "master";
  if (!isBranchName(branch)) throw new Fatal(`invalid initial branch name: '${branch}'`);
  if (chosen === undefined && !options.has("quiet")) await run.err(MASTER_HINT);
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags", "info", "hooks"]) {
    files.makeDirectory(`${gitdir}/${folder}`, { recursive: true });
  }
  files.writeFile(`${gitdir}/config`, CONFIG);
  files.writeFile(
    `${gitdir}/description`,
    "Unnamed repository; edit this file 'description' to name the repository.\n",
  );
  files.writeFile(`${gitdir}/info/exclude`, EXCLUDE);
  files.writeFile(`${gitdir}/HEAD`, `ref: refs/heads/${branch}\n`);
  if (!options.has("quiet")) await run.out(`Initialized empty Git repository in ${shown}\n`);
  return 0;
};

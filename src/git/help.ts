/** `git` without a command, `git help`, and what Git says about a command that it does not know. */

/** As of git 2.51, reduced to the commands that exist here. */
export const GENERAL_HELP = `usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]
           [--no-pager] <command> [<args>]

These are common Git commands used in various situations:

start a working area (see also: git help tutorial)
   init       Create an empty Git repository or reinitialize an existing one

work on the current change (see also: git help everyday)
   add        Add file contents to the index
   mv         Move or rename a file, a directory, or a symlink
   restore    Restore working tree files
   rm         Remove files from the working tree and from the index

examine the history and state (see also: git help revisions)
   diff       Show changes between commits, commit and working tree, etc
   log        Show commit logs
   show       Show various types of objects
   status     Show the working tree status

grow, mark and tweak your common history
   branch     List, create, or delete branches
   commit     Record changes to the repository
   reset      Reset current HEAD to the specified state
   switch     Switch branches
   tag        Create, list, delete or verify a tag object signed with GPG

collaborate (see also: git help workflows)
   push       Update remote refs along with associated objects

'git help -a' and 'git help -g' list available subcommands and some
concept guides. See 'git help <command>' or 'git help <concept>'
to read about a specific subcommand or concept.
See 'git help git' for an overview of the system.
`;

/** Commands of Git's own list that a person types; those that do not exist here are still offered and named. */
export const GIT_COMMANDS = (
  "add am annotate apply archive bisect blame branch bundle cat-file check-ignore checkout cherry cherry-pick clean clone " +
  "column commit commit-graph config count-objects describe diff difftool fetch format-patch fsck gc grep gui hash-object " +
  "help init instaweb log ls-files ls-remote ls-tree maintenance merge mergetool mv name-rev notes pull push range-diff " +
  "rebase reflog remote repack replace reset restore rev-list rev-parse revert rm send-email shortlog show show-branch " +
  "show-ref sparse-checkout stash status submodule switch symbolic-ref tag update-index update-ref var version whatchanged " +
  "worktree write-tree"
).split(" ");

/** Those that `git help` lists: what was typed may be the beginning of one of them. */
const COMMON = new Set(
  (
    "add bisect branch clone commit diff fetch grep init log merge mv pull push rebase reset restore rm show status " +
    "switch tag"
  ).split(" "),
);

/** Git's answer to an unknown command, with those whose names are near (help.c, help_unknown_cmd). */
export function unknownCommand(name: string): string {
  const unknown = `git: '${name}' is not a git command. See 'git --help'.\n`;
  const scored = GIT_COMMANDS.map((candidate) => ({
    candidate,
    score: COMMON.has(candidate) && candidate.startsWith(name) ? 0 : distance(name, candidate) + 1,
  }));
  const best = Math.min(...scored.filter(({ score }) => score > 0).map(({ score }) => score));
  if (best >= 7) return unknown;
  const near = scored
    .filter(({ score }) => score === 0 || score === best)
    .sort((a, b) => a.score - b.score)
    .map(({ candidate }) => `\t${candidate}\n`);
  return `${unknown}\nThe most similar command${near.length === 1 ? " is" : "s are"}\n${near.join("")}`;
}

/** Damerau–Levenshtein with Git's weights: swap 0, substitution 2, insertion 1, deletion 3. */
function distance(from: string, to: string): number {
  const [swap, substitution, insertion, deletion] = [0, 2, 1, 3];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j * insertion);
  for (let i = 0; i < from.length; i++) {
    const row = [(i + 1) * deletion];
    for (let j = 0; j < to.length; j++) {
      let cost = (last[j] ?? 0) + (from[i] === to[j] ? 0 : substitution);
      if (i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 1] ?? 0) + swap);
      }
      cost = Math.min(cost, (last[j + 1] ?? 0) + deletion, (row[j] ?? 0) + insertion);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

import { compareFiles, findRenames } from "../changes";
import { CommandError, Failure, Fatal } from "../failures";
import { formatDate, identity } from "../identity";
import type { Index } from "../index-file";
import { type GitCommand, type Invocation, type Repository, shortRef } from "../invocation";
import type { Commit } from "../objects";
import { parseOptions } from "../options";
import { pathspec } from "../pathspec";
import { writeHead, writeRef } from "../refs";
import { readStatus } from "../status";
import { longStatus } from "../status-text";
import { fileStats, modeSummary, shortStat, storedContent } from "../summary";
import { worktreeContent } from "../worktree";

const USAGE =
  "usage: git commit [-a] [-m <msg>] [-q] [--amend] [--no-edit] [--allow-empty] [--allow-empty-message] [--author=<author>] [--] [<pathspec>...]\n";

const EMPTY_AMEND = `You asked to amend the most recent commit, but doing so would make
it empty. You can repeat your command with --allow-empty, or you can
remove the commit entirely with "git reset HEAD^".
`;

/** `git commit [-a] [-m <msg>]… [--amend [--no-edit]] [--allow-empty] [-q] [-- <pathspec>…]` */
export const commit: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      message: { short: "m", value: "required" },
      file: { short: "F", value: "required" },
      all: { short: "a" },
      quiet: { short: "q" },
      amend: {},
      "no-edit": {},
      "allow-empty": {},
      "allow-empty-message": {},
      "no-verify": { short: "n" },
      author: { value: "required" },
      signoff: { short: "s" },
    },
    USAGE,
  );
  const repository = run.repository();
  const headOid = repository.headOid();
  const amended = options.has("amend") && headOid ? await repository.objects.commit(headOid) : undefined;
  if (options.has("amend") && !amended) throw new Fatal("You have nothing to amend.");
  if (options.has("all") && options.rest.length > 0) {
    throw new Fatal(`paths '${options.rest[0]} ...' with -a does not make sense`);
  }
  const index = repository.readIndex();
  const next = await nextIndex(run, repository, index, options.has("all"), options.rest);
  const parents = amended ? amended.parents : [...(headOid ? [headOid] : []), ...mergeHeads(repository)];
  const parentFiles = await repository.objects.tree(parents[0]);
  const unchanged = compareFiles(parentFiles, next).length === 0 && parents.length < 2;
  if (unchanged && !options.has("allow-empty")) {
    if (options.has("all")) repository.writeIndex(index);
    const state = await readStatus(run, repository, next);
    const text = { prefix: repository.prefix, commit: true, amend: amended !== undefined };
    await run.out(longStatus(amended ? { ...state, staged: [] } : state, text));
    if (amended) await run.err(EMPTY_AMEND);
    return 1;
  }
  const committer = identity("COMMITTER", run.identitySources);
  const author = authorOf(run, options.value("author"), amended);
  const message = messageOf(run, options, amended, repository);
  if (message === "" && !options.has("allow-empty-message")) {
    throw new Failure("Aborting commit due to empty commit message.\n", 1);
  }
  const tree = await repository.objects.writeTree(next);
  const oid = await repository.objects.writeCommit({ tree, parents, author, committer, message });
  for (const [path, entry] of next) index.set(path, entry);
  for (const path of [...index.keys()]) if (options.rest.length === 0 && !next.has(path)) index.delete(path);
  repository.writeIndex(index);
  const head = repository.head();
  if (head.kind === "branch") writeRef(repository.files, repository.gitdir, head.ref, oid);
  else writeHead(repository.files, repository.gitdir, { kind: "detached", oid });
  for (const name of ["MERGE_HEAD", "MERGE_MSG"]) {
    if (repository.files.exists(`${repository.gitdir}/${name}`))
      repository.files.remove(`${repository.gitdir}/${name}`);
  }
  if (!options.has("quiet")) {
    const made: Commit = { oid, tree, parents, author, committer, message };
    await run.out(await commitSummary(repository, made, amended !== undefined));
  }
  return 0;
};

/** Ids in MERGE_HEAD, when a merge waits for its commit. */
function mergeHeads(repository: Repository): string[] {
  const path = `${repository.gitdir}/MERGE_HEAD`;
  return repository.files.isFile(path) ? repository.files.readText(path).split("\n").filter(Boolean) : [];
}

/** What is to be committed. With `all` or paths, the worktree's state of tracked files is staged first. */
async function nextIndex(
  run: Invocation,
  repository: Repository,
  index: Index,
  all: boolean,
  texts: readonly string[],
): Promise<Index> {
  if (!all && texts.length === 0) return index;
  const worktree = await repository.worktree(index);
  const specs = texts.map((text) => pathspec(repository, run.cwd, text));
  for (const spec of specs) {
    if (![...index.keys()].some((path) => spec.matches(path))) {
      throw new CommandError(`pathspec '${spec.text}' did not match any file(s) known to git`);
    }
  }
  const next: Index = new Map(all ? index : []);
  // With paths, only these are committed: the rest is as in HEAD, whatever is staged.
  if (!all) {
    for (const [path, file] of await repository.headFiles()) next.set(path, { ...file, mtime: 0, ino: 0, size: 0 });
  }
  for (const path of index.keys()) {
    if (!all && !specs.some((spec) => spec.matches(path))) continue;
    const now = worktree.tracked.get(path);
    if (now) {
      if (now.mode !== 0o160000)
        await repository.objects.writeBlob(worktreeContent(repository.files, repository.absolute(path)));
      next.set(path, now);
      index.set(path, now);
    } else {
      next.delete(path);
      index.delete(path);
    }
  }
  return next;
}

function authorOf(run: Invocation, given: string | undefined, amended: Commit | undefined) {
  if (given !== undefined) {
    const match = /^(.*?)\s*<([^>]*)>$/.exec(given);
    if (!match) throw new Fatal(`--author '${given}' is not 'Name <email>' and matches no existing author`);
    const now = identity("AUTHOR", run.identitySources);
    return { ...now, name: match[1] ?? "", email: match[2] ?? "" };
  }
  return amended ? amended.author : identity("AUTHOR", run.identitySources);
}

function messageOf(
  run: Invocation,
  options: {
    has(name: "message" | "file"): boolean;
    values(name: "message"): readonly string[];
    value(name: "file"): string | undefined;
  },
  amended: Commit | undefined,
  repository: Repository,
): string {
  const prepared = `${repository.gitdir}/MERGE_MSG`;
  if (options.has("message")) return cleanMessage(options.values("message").join("\n\n"));
  const file = options.value("file");
  if (file !== undefined) {
    const path = file.startsWith("/") ? file : `${run.cwd}/${file}`;
    if (!run.files.isFile(path)) throw new Fatal(`could not read log file '${file}': No such file or directory`);
    return cleanMessage(run.files.readText(path));
  }
  if (amended) return amended.message;
  if (repository.files.isFile(prepared)) return cleanMessage(repository.files.readText(prepared));
  throw missingEditor();
}

/** There is no full-screen editor in this terminal, so Git says what it says when none can be started. */
export function missingEditor(): Failure {
  return new Failure(
    "error: Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.\n",
    1,
  );
}

/** Trailing spaces and repeated or outer empty lines go, as with `--cleanup=whitespace`. */
export function cleanMessage(text: string): string {
  const clean = text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "")
    .replace(/\n{3,}/g, "\n\n");
  return clean === "" ? "" : `${clean}\n`;
}

/** What `git commit` prints: `[main 1a2b3c4] Subject`, statistics, created and deleted files. */
export async function commitSummary(repository: Repository, made: Commit, amended: boolean): Promise<string> {
  const head = repository.head();
  const where = head.kind === "branch" ? shortRef(head.ref) : "detached HEAD";
  const root = made.parents.length === 0 ? " (root-commit)" : "";
  let text = `[${where}${root} ${made.oid.slice(0, 7)}] ${made.message.split("\n\n")[0]?.replaceAll("\n", " ").trim() ?? ""}\n`;
  const { author, committer } = made;
  if (author.name !== committer.name || author.email !== committer.email)
    text += ` Author: ${author.name} <${author.email}>\n`;
  if (amended) text += ` Date: ${formatDate(author)}\n`;
  if (made.parents.length > 1) return text;
  const changes = await findRenames(
    compareFiles(await repository.objects.tree(made.parents[0]), await repository.objects.tree(made.oid)),
    (oid) => repository.objects.blob(oid),
  );
  return text + shortStat(await fileStats(changes, storedContent(repository.objects))) + modeSummary(changes);
}

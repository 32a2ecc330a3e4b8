import { carriedChanges, checkoutTree } from "../checkout-tree";
import { CommandError, Failure, Fatal } from "../failures";
import { type GitCommand, type Invocation, type Repository, shortRef } from "../invocation";
import { parseOptions } from "../options";
import { pathspec } from "../pathspec";
import { isBranchName, listRefs, resolveRef, writeHead, writeRef } from "../refs";
import { editConfig } from "../repository";
import { ambiguous, findCommit } from "../revision";
import { readStatus } from "../status";
import { upstreamText } from "../status-text";
import { subject } from "./log";
import { restorePaths } from "./restore";

interface SwitchOptions {
  readonly quiet: boolean;
  readonly force: boolean;
}

/** `git switch [-c | -C <new>] [-d] <branch>` */
export const switchBranch: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      create: { short: "c", value: "required" },
      "force-create": { short: "C", value: "required" },
      detach: { short: "d" },
      quiet: { short: "q" },
      force: { short: "f" },
      "discard-changes": {},
    },
    "usage: git switch [<options>] [<branch>]\n",
  );
  const repository = run.repository();
  const how = { quiet: options.has("quiet"), force: options.has("force") || options.has("discard-changes") };
  const created = options.value("create") ?? options.value("force-create");
  const [target] = options.rest;
  if (created !== undefined) return createAndSwitch(run, created, target, options.has("force-create"), how);
  if (options.has("detach")) return detach(run, target ?? "HEAD", how, true);
  if (target === undefined) throw new Fatal("missing branch or commit argument");
  const name = target === "-" ? previousBranch(repository) : target;
  if (resolveRef(repository.files, repository.gitdir, `refs/heads/${name}`)) return toBranch(run, name, how);
  if (await trackRemote(run, name, how)) return 0;
  if ((await findCommit(repository, name)) === undefined) throw new Fatal(`invalid reference: ${name}`);
  throw new Fatal(`a branch is expected, got commit '${name}'`, {
    after: "hint: If you want to detach HEAD at the commit, try again with the --detach option.\n",
  });
};

/** `git checkout [-b | -B <new>] <branch>`, `git checkout [<commit>] [--] <path>…` */
export const checkout: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      "new-branch": { short: "b", value: "required" },
      "reset-branch": { short: "B", value: "required" },
      detach: { short: "d" },
      quiet: { short: "q" },
      force: { short: "f" },
    },
    "usage: git checkout [<options>] <branch>\n   or: git checkout [<options>] [<branch>] -- <file>...\n",
  );
  const repository = run.repository();
  const how = { quiet: options.has("quiet"), force: options.has("force") };
  const created = options.value("new-branch") ?? options.value("reset-branch");
  const { rest, dashes } = options;
  if (created !== undefined) return createAndSwitch(run, created, rest[0], options.has("reset-branch"), how);
  if (options.has("detach")) return detach(run, rest[0] ?? "HEAD", how, true);
  const [first, ...others] = rest;
  if (first === undefined || (first === "HEAD" && rest.length === 1)) {
    await run.out(
      (await readHeadState(repository)) + upstreamText(await readStatus(run, repository, repository.readIndex())),
    );
    return 0;
  }
  const paths = dashes === undefined ? others : rest.slice(dashes);
  const revision = dashes === 0 ? undefined : first;
  if (paths.length === 0 && revision !== undefined) {
    const name = revision === "-" ? previousBranch(repository) : revision;
    if (resolveRef(repository.files, repository.gitdir, `refs/heads/${name}`)) {
      return toBranch(run, name, how);
    }
    const isPath = [...repository.readIndex().keys()].some((path) => pathspec(repository, run.cwd, name).matches(path));
    if (!isPath && (await trackRemote(run, name, how))) return 0;
    if ((await findCommit(repository, name)) !== undefined) return detach(run, name, how, false);
    if (!isPath) throw new CommandError(`pathspec '${name}' did not match any file(s) known to git`);
  }
  const commit = revision === undefined ? undefined : await findCommit(repository, revision);
  if (revision !== undefined && commit === undefined && dashes !== undefined) throw ambiguous(revision);
  const wanted = commit === undefined && revision !== undefined ? [revision, ...paths] : paths;
  const count = await restorePaths(run, wanted, { source: commit, staged: commit !== undefined, worktree: true });
  const where = commit === undefined ? "the index" : commit.slice(0, 7);
  if (!how.quiet) await run.err(`Updated ${count} path${count === 1 ? "" : "s"} from ${where}\n`);
  return 0;
};

async function readHeadState(repository: Repository): Promise<string> {
  const oid = repository.headOid();
  if (oid === undefined) return "";
  const worktree = await repository.worktree(repository.readIndex());
  return carriedChanges(await repository.headFiles(), repository.readIndex(), worktree.tracked);
}

async function createAndSwitch(
  run: Invocation,
  name: string,
  start: string | undefined,
  reset: boolean,
  how: SwitchOptions,
): Promise<number> {
  const repository = run.repository();
  if (!isBranchName(name)) throw new Fatal(`'${name}' is not a valid branch name`);
  const ref = `refs/heads/${name}`;
  const exists = resolveRef(repository.files, repository.gitdir, ref) !== undefined;
  if (exists && !reset) throw new Fatal(`a branch named '${name}' already exists`);
  const oid = start === undefined ? repository.headOid() : await findCommit(repository, start);
  if (start !== undefined && oid === undefined) {
    throw new Fatal(
      run.name === "switch"
        ? `invalid reference: ${start}`
        : `'${start}' is not a commit and a branch '${name}' cannot be created from it`,
    );
  }
  if (oid !== undefined) {
    await moveTo(run, repository, oid, how);
    remember(repository);
    writeRef(repository.files, repository.gitdir, ref, oid);
  }
  writeHead(repository.files, repository.gitdir, { kind: "branch", ref });
  if (!how.quiet)
    await run.err(exists ? `Switched to and reset branch '${name}'\n` : `Switched to a new branch '${name}'\n`);
  return 0;
}

async function toBranch(run: Invocation, name: string, how: SwitchOptions): Promise<number> {
  const repository = run.repository();
  const head = repository.head();
  const ref = `refs/heads/${name}`;
  const oid = resolveRef(repository.files, repository.gitdir, ref);
  if (oid === undefined) throw new Fatal(`invalid reference: ${name}`);
  const already = head.kind === "branch" && head.ref === ref;
  await moveTo(run, repository, oid, how);
  if (!already) {
    await leaveDetached(run, repository, oid, how);
    remember(repository);
    writeHead(repository.files, repository.gitdir, { kind: "branch", ref });
  }
  if (how.quiet) return 0;
  await run.err(already ? `Already on '${name}'\n` : `Switched to branch '${name}'\n`);
  await run.out(upstreamText(await readStatus(run, repository, repository.readIndex())).replace(/\n\n$/, "\n"));
  return 0;
}

/** Says which commit is left behind when HEAD was detached. */
async function leaveDetached(run: Invocation, repository: Repository, next: string, how: SwitchOptions): Promise<void> {
  const head = repository.head();
  if (head.kind !== "detached" || how.quiet || head.oid === next) return;
  const made = await repository.objects.commit(head.oid);
  await run.err(`Previous HEAD position was ${head.oid.slice(0, 7)} ${subject(made)}\n`);
}

async function detach(run: Invocation, name: string, how: SwitchOptions, asked: boolean): Promise<number> {
  const repository = run.repository();
  const oid = await findCommit(repository, name);
  if (oid === undefined) throw new Fatal(`invalid reference: ${name}`);
  const wasDetached = repository.head().kind === "detached";
  await moveTo(run, repository, oid, how);
  await leaveDetached(run, repository, oid, how);
  remember(repository);
  writeHead(repository.files, repository.gitdir, { kind: "detached", oid });
  if (how.quiet) return 0;
  const made = await repository.objects.commit(oid);
  const advice = wasDetached || asked ? "" : detachedAdvice(name);
  await run.err(`${advice}HEAD is now at ${oid.slice(0, 7)} ${subject(made)}\n`);
  return 0;
}

function detachedAdvice(name: string): string {
  return `Note: switching to '${name}'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`;
}

/** A name that only one remote has becomes a local branch that follows it. */
async function trackRemote(run: Invocation, name: string, how: SwitchOptions): Promise<boolean> {
  const repository = run.repository();
  const found = listRefs(repository.files, repository.gitdir, "refs/remotes/").filter(
    ([ref]) => ref.split("/").slice(3).join("/") === name,
  );
  const [only] = found;
  if (found.length !== 1 || !only) return false;
  const [ref, oid] = only;
  const remote = ref.split("/")[2] ?? "";
  await moveTo(run, repository, oid, how);
  remember(repository);
  writeRef(repository.files, repository.gitdir, `refs/heads/${name}`, oid);
  editConfig(repository.files, repository.place, (config) => {
    config.set(`branch.${name}.remote`, remote);
    config.set(`branch.${name}.merge`, `refs/heads/${name}`);
  });
  writeHead(repository.files, repository.gitdir, { kind: "branch", ref: `refs/heads/${name}` });
  if (!how.quiet) {
    await run.err(`Switched to a new branch '${name}'\n`);
    await run.out(`branch '${name}' set up to track '${shortRef(ref)}'.\n`);
  }
  return true;
}

/** Brings worktree and index to a commit, or throws Git's complaint about what would be lost. */
async function moveTo(run: Invocation, repository: Repository, oid: string, how: SwitchOptions): Promise<void> {
  const from = await repository.headFiles();
  const to = await repository.objects.tree(oid);
  const result = await checkoutTree(repository, from, to, how);
  if (result.status === "done") {
    if (how.quiet || run.name === "reset") return;
    const worktree = await repository.worktree(result.index);
    await run.out(carriedChanges(to, result.index, worktree.tracked));
    return;
  }
  let text = "";
  const list = (paths: readonly string[]): string => paths.map((path) => `\t${path}\n`).join("");
  if (result.changed.length > 0) {
    text += `error: Your local changes to the following files would be overwritten by checkout:\n${list(result.changed)}`;
    text += "Please commit your changes or stash them before you switch branches.\n";
  }
  if (result.untracked.length > 0) {
    text += `error: The following untracked working tree files would be overwritten by checkout:\n${list(result.untracked)}`;
    text += "Please move or remove them before you switch branches.\n";
  }
  throw new Failure(`${text}Aborting\n`, 1);
}

/** For `git switch -`: where HEAD was. */
function remember(repository: Repository): void {
  const head = repository.head();
  repository.files.writeFile(
    `${repository.gitdir}/PREVIOUS_HEAD`,
    head.kind === "branch" ? shortRef(head.ref) : head.oid,
  );
}

function previousBranch(repository: Repository): string {
  const path = `${repository.gitdir}/PREVIOUS_HEAD`;
  if (!repository.files.isFile(path)) throw new Fatal("invalid reference: @{-1}");
  return repository.files.readText(path);
}

/** Which remote and which references a `git push` means (remote.c, builtin/push.c), before anything is sent. */

import { ConfigFile } from "./config-file";
import { Failure, Fatal } from "./failures";
import { type Invocation, type Repository, shortRef } from "./invocation";
import { listRefs, resolveRef } from "./refs";
import { type Remote, remotesOf } from "./repository";
import { findRevision } from "./revision";
import { upstreamOf } from "./upstream";

export interface Refspec {
  readonly force: boolean;
  /** Undefined deletes. */
  readonly source: { readonly name: string; readonly oid: string; readonly ref: string | undefined } | undefined;
  /** Full name on the remote. */
  readonly target: string;
}

export interface Destination {
  /** Undefined when a URL was given. */
  readonly remote: string | undefined;
  readonly url: string;
  /** Why nothing can be reached there; Git only says so when it connects. */
  readonly problem?: Failure;
}

export const NO_DESTINATION = `fatal: No configured push destination.
Either specify the URL from the command-line or configure a remote repository using

    git remote add <name> <url>

and then push using the remote name

    git push <name>

`;

/** The remote to push to. Throws when there is none. */
export function destination(run: Invocation, repository: Repository, given: string | undefined): Destination {
  const remotes = remotesOf(ConfigFile.read(repository.files, `${repository.gitdir}/config`));
  const name = given ?? defaultRemote(run, repository, remotes);
  const known = remotes.find((remote) => remote.name === name);
  if (known) {
    const pushUrl = run.config(`remote.${known.name}.pushurl`);
    return { remote: known.name, url: pushUrl ?? known.url };
  }
  if (given === undefined) throw new Failure(NO_DESTINATION, 128);
  if (/^https?:\/\//.test(name)) return { remote: undefined, url: name };
  if (/^[^/@:]+@[^/:]+:|^ssh:/.test(name)) {
    const before = "error: cannot run ssh: No such file or directory\nfatal: unable to fork\n";
    return { remote: undefined, url: name, problem: new Failure(before, 128) };
  }
  const unknown = `fatal: '${name}' does not appear to be a git repository\n`;
  const problem = new Failure(`${unknown}fatal: Could not read from remote repository.\n${ACCESS}`, 128);
  return { remote: undefined, url: name, problem };
}

const ACCESS = "\nPlease make sure you have the correct access rights\nand the repository exists.\n";

function fetchRemote(run: Invocation, repository: Repository, remotes: readonly Remote[]): string {
  const head = repository.head();
  const own = head.kind === "branch" ? run.config(`branch.${shortRef(head.ref)}.remote`) : undefined;
  return own ?? (remotes.length === 1 ? (remotes[0]?.name ?? "origin") : "origin");
}

function defaultRemote(run: Invocation, repository: Repository, remotes: readonly Remote[]): string {
  const head = repository.head();
  const own = head.kind === "branch" ? run.config(`branch.${shortRef(head.ref)}.pushRemote`) : undefined;
  return own ?? run.config("remote.pushDefault") ?? fetchRemote(run, repository, remotes);
}

/** What is pushed without refspecs: `push.default` simple. */
export function defaultRefspec(run: Invocation, repository: Repository, to: Destination, setUpstream: boolean): string {
  const head = repository.head();
  const remote = to.remote ?? to.url;
  if (head.kind === "detached") {
    throw new Fatal(
      "You are not currently on a branch.\nTo push the history leading to the current (detached HEAD)\nstate now, use\n\n" +
        `    git push ${remote} HEAD:<name-of-remote-branch>\n`,
    );
  }
  const branch = shortRef(head.ref);
  const mode = run.config("push.default") ?? "simple";
  const remotes = remotesOf(ConfigFile.read(repository.files, `${repository.gitdir}/config`));
  const triangular = fetchRemote(run, repository, remotes) !== to.remote;
  if (mode === "current" || triangular || setUpstream || run.config("push.autoSetupRemote") === "true") return branch;
  const upstream = upstreamOf(run, repository, branch);
  if (!upstream) {
    throw new Failure(
      `fatal: The current branch ${branch} has no upstream branch.\n` +
        "To push the current branch and set the remote as upstream, use\n\n" +
        `    git push --set-upstream ${remote} ${branch}\n\n` +
        "To have this happen automatically for branches without a tracking\nupstream, see 'push.autoSetupRemote' in 'git help config'.\n\n",
      128,
    );
  }
  if (upstream.merge !== head.ref && mode === "simple") {
    throw new Failure(
      "fatal: The upstream branch of your current branch does not match\nthe name of your current branch.  To push to the upstream branch\n" +
        `on the remote, use\n\n    git push ${remote} HEAD:${shortRef(upstream.merge)}\n\n` +
        `To push to the branch of the same name on the remote, use\n\n    git push ${remote} HEAD\n\n` +
        "To choose either option permanently, see push.default in 'git help config'.\n\n" +
        "To avoid automatically configuring an upstream branch when its name\nwon't match the local branch, see option 'simple' of branch.autoSetupMerge\nin 'git help config'.\n\n",
      128,
    );
  }
  return `${branch}:${upstream.merge}`;
}

/** Throws when something that is to be pushed is not here. */
export async function checkSources(repository: Repository, specs: readonly string[], url: string): Promise<void> {
  const missing: string[] = [];
  for (const spec of specs) {
    const [left = ""] = spec.replace(/^\+/, "").split(":");
    if (left !== "" && !(await findSource(repository, left))) missing.push(`src refspec ${left} does not match any`);
  }
  if (missing.length > 0) throw refused(missing, url);
}

async function findSource(
  repository: Repository,
  name: string,
): Promise<{ readonly ref: string | undefined; readonly oid: string } | undefined> {
  const { files, gitdir } = repository;
  const ref = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"]
    .map((prefix) => prefix + name)
    .find(
      (candidate) => (candidate.startsWith("refs/") || candidate === "HEAD") && resolveRef(files, gitdir, candidate),
    );
  if (ref !== undefined) {
    const oid = resolveRef(files, gitdir, ref);
    return oid === undefined ? undefined : { ref, oid };
  }
  const oid = await findRevision(repository, name);
  return oid === undefined ? undefined : { ref: undefined, oid };
}

function refused(problems: readonly string[], url: string): Failure {
  const lines = [...problems, `failed to push some refs to '${url}'`];
  return new Failure(lines.map((line) => `error: ${line}\n`).join(""), 1);
}

/** Reads refspecs against what is here and on the remote. Throws when a source or a target is not there. */
export async function resolveRefspecs(
  repository: Repository,
  specs: readonly string[],
  remote: ReadonlyMap<string, string>,
  url: string,
): Promise<Refspec[]> {
  const problems: string[] = [];
  const resolved: Refspec[] = [];
  const onRemote = (name: string): string | undefined =>
    ["", "refs/", "refs/heads/", "refs/tags/"].map((prefix) => prefix + name).find((ref) => remote.has(ref));
  for (const spec of specs) {
    const force = spec.startsWith("+");
    const [left = "", right] = (force ? spec.slice(1) : spec).split(":");
    if (left === "" && right !== undefined) {
      const target = onRemote(right);
      if (target === undefined) problems.push(`unable to delete '${right}': remote ref does not exist`);
      else resolved.push({ force, source: undefined, target });
      continue;
    }
    const source = await findSource(repository, left);
    if (!source) {
      problems.push(`src refspec ${left} does not match any`);
      continue;
    }
    const head = repository.head();
    const full = source.ref === "HEAD" && head.kind === "branch" ? head.ref : source.ref;
    const wanted = right ?? full ?? left;
    const known = onRemote(wanted);
    if (!known && !wanted.startsWith("refs/") && !full?.startsWith("refs/")) {
      problems.push(unqualified(left, wanted));
      continue;
    }
    const kind = full?.startsWith("refs/tags/") ? "refs/tags/" : "refs/heads/";
    const target = known ?? (wanted.startsWith("refs/") ? wanted : kind + wanted);
    const name = left === "HEAD" ? "HEAD" : shortRef(full ?? left);
    resolved.push({ force, source: { name, oid: source.oid, ref: full }, target });
  }
  if (problems.length > 0) throw refused(problems, url);
  return resolved;
}

function unqualified(source: string, target: string): string {
  return `The destination you provided is not a full refname (i.e.,
starting with "refs/"). We tried to guess what you meant by:

- Looking for a ref that matches '${target}' on the remote side.
- Checking if the <src> being pushed ('${source}')
  is a ref in "refs/{heads,tags}/". If so we add a corresponding
  refs/{heads,tags}/ prefix on the remote side.

Neither worked, so we gave up. You must fully qualify the ref.`;
}

/** Refspecs of `--all` and `--tags`. */
export function everyRef(repository: Repository, prefix: "refs/heads/" | "refs/tags/"): string[] {
  return listRefs(repository.files, repository.gitdir, prefix).map(([ref]) => `${ref}:${ref}`);
}

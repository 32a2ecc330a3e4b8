/** The branch that another one follows, and how far apart two commits are. */

import { ConfigFile } from "./config-file";
import { type Invocation, type Repository, shortRef } from "./invocation";
import { resolveRef } from "./refs";

export interface Upstream {
  /** E.g. `heroku/main`. */
  readonly name: string;
  readonly remote: string;
  /** On the remote, e.g. `refs/heads/main`. */
  readonly merge: string;
  /** Undefined when nothing was fetched or pushed yet. */
  readonly oid: string | undefined;
}

export function upstreamOf(run: Invocation, repository: Repository, branch: string): Upstream | undefined {
  const remote = run.config(`branch.${branch}.remote`);
  const merge = run.config(`branch.${branch}.merge`);
  if (remote === undefined || merge === undefined) return undefined;
  const short = merge.replace(/^refs\/heads\//, "");
  const ref = remote === "." ? merge : `refs/remotes/${remote}/${short}`;
  const name = remote === "." ? short : `${remote}/${short}`;
  return { name, remote, merge, oid: resolveRef(repository.files, repository.gitdir, ref) };
}

/** Short name of what `branch` (or, when empty, the current branch) follows, by the repository's own configuration. */
export function upstreamName(repository: Repository, branch: string): string | undefined {
  const head = repository.head();
  const name = branch !== "" ? branch : head.kind === "branch" ? shortRef(head.ref) : undefined;
  if (name === undefined) return undefined;
  const config = ConfigFile.read(repository.files, `${repository.gitdir}/config`);
  const remote = config.get(`branch.${name}.remote`);
  const merge = config.get(`branch.${name}.merge`);
  if (remote === undefined || merge === undefined) return undefined;
  return remote === "." ? shortRef(merge) : `${remote}/${shortRef(merge)}`;
}

/** All commits that `oid` reaches, itself included; commits that are missing are left out. */
export async function reachable(repository: Repository, oids: readonly string[]): Promise<Set<string>> {
  const seen = new Set<string>();
  const pending = [...oids];
  for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
    if (seen.has(oid)) continue;
    if ((await repository.objects.type(oid)) !== "commit") continue;
    seen.add(oid);
    pending.push(...(await repository.objects.commit(oid)).parents);
  }
  return seen;
}

export async function aheadBehind(
  repository: Repository,
  ours: string,
  theirs: string,
): Promise<{ readonly ahead: number; readonly behind: number }> {
  if (ours === theirs) return { ahead: 0, behind: 0 };
  const [left, right] = [await reachable(repository, [ours]), await reachable(repository, [theirs])];
  return {
    ahead: [...left].filter((oid) => !right.has(oid)).length,
    behind: [...right].filter((oid) => !left.has(oid)).length,
  };
}

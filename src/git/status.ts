/** The state that `git status` tells, before it becomes text. */

import { type Change, compareFiles, findRenames } from "./changes";
import type { Index } from "./index-file";
import { type Invocation, type Repository, shortRef } from "./invocation";
import { aheadBehind, upstreamOf } from "./upstream";

export interface Status {
  /** Branch name, or the short id of a detached HEAD. */
  readonly head: { readonly kind: "branch" | "detached"; readonly name: string };
  readonly unborn: boolean;
  readonly upstream:
    | { readonly kind: "gone"; readonly name: string }
    | { readonly kind: "known"; readonly name: string; readonly ahead: number; readonly behind: number }
    | undefined;
  /** HEAD against the index. */
  readonly staged: readonly Change[];
  /** The index against the worktree; nothing is ever added or renamed here. */
  readonly unstaged: readonly Change[];
  readonly untracked: readonly string[];
  readonly merging: boolean;
}

export async function readStatus(run: Invocation, repository: Repository, index: Index): Promise<Status> {
  const head = repository.head();
  const headOid = repository.headOid();
  const worktree = await repository.worktree(index);
  const staged = await findRenames(compareFiles(await repository.objects.tree(headOid), index), (oid) =>
    repository.objects.blob(oid),
  );
  const upstream = head.kind === "branch" ? upstreamOf(run, repository, shortRef(head.ref)) : undefined;
  return {
    head:
      head.kind === "branch"
        ? { kind: "branch", name: shortRef(head.ref) }
        : { kind: "detached", name: head.oid.slice(0, 7) },
    unborn: headOid === undefined,
    upstream:
      upstream &&
      (upstream.oid === undefined || headOid === undefined
        ? { kind: "gone", name: upstream.name }
        : { kind: "known", name: upstream.name, ...(await aheadBehind(repository, headOid, upstream.oid)) }),
    staged,
    unstaged: compareFiles(index, worktree.tracked),
    untracked: worktree.untrackedNames,
    merging: repository.files.exists(`${repository.gitdir}/MERGE_HEAD`),
  };
}

/** What the checks of an exercise may ask about a repository. */

import type { FileTree } from "../files/tree";
import { ObjectStore } from "./objects";
import { readHead, resolveRef } from "./refs";
import { findRepository, listRemotes, type Remote } from "./repository";

export interface RepositoryFacts {
  /** Absolute path of the worktree. */
  readonly root: string;
  /** Commits that HEAD reaches. */
  readonly commits: number;
  /** Undefined when HEAD is detached. */
  readonly branch: string | undefined;
  /** Sorted by name. */
  readonly remotes: readonly Remote[];
  /** HEAD's commit, its subject and its files; undefined before the first commit. */
  readonly head:
    | { readonly oid: string; readonly message: string; readonly files: ReadonlyMap<string, string> }
    | undefined;
  /** The content of a file as committed in HEAD; undefined when it is not there. */
  readHeadFile(path: string): Promise<Uint8Array | undefined>;
}

/** Facts about the repository that `folder` is in; undefined when there is none. Rejects for a damaged repository. */
export async function repositoryFacts(files: FileTree, folder: string): Promise<RepositoryFacts | undefined> {
  const place = findRepository(files, folder);
  const head = place && readHead(files, place.gitdir);
  if (!place || !head) return undefined;
  const objects = new ObjectStore(files, place.gitdir);
  const oid = resolveRef(files, place.gitdir, "HEAD");
  const seen = new Set<string>();
  const pending = oid === undefined ? [] : [oid];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(await objects.commit(next)).parents);
  }
  const tree = await objects.tree(oid);
  return {
    root: place.root,
    commits: seen.size,
    branch: head.kind === "branch" ? head.ref.replace(/^refs\/heads\//, "") : undefined,
    remotes: listRemotes(files, folder) ?? [],
    head:
      oid === undefined
        ? undefined
        : {
            oid,
            message: (await objects.commit(oid)).message,
            files: new Map([...tree].map(([path, file]) => [path, file.oid])),
          },
    async readHeadFile(path) {
      const file = tree.get(path);
      return file && file.mode !== 0o160000 ? objects.blob(file.oid) : undefined;
    },
  };
}

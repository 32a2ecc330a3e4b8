/** What a check may ask of a repository. */

import type { FileTree } from "../files/tree";
import { blobId, ObjectStore, type TreeFiles } from "./objects";
import { readHead, resolveRef } from "./refs";
import { findRepository, listRemotes, type Remote } from "./repository";

export interface RepositoryFacts {
  /** Absolute path of its root. */
  readonly root: string;
  /** Commits of the current branch, following first parents. */
  readonly commits: number;
  readonly remotes: readonly Remote[];
  /** True if the last commit has this file (relative to the root) just as the folder has it now. */
  committed(path: string): boolean;
}

/** More than an exercise ever asks for; a longer history need not be walked. */
const COMMITS_COUNTED = 100;

/** Facts of the repository that `folder` is in; undefined outside one. */
export async function repositoryFacts(files: FileTree, folder: string): Promise<RepositoryFacts | undefined> {
  const place = findRepository(files, folder);
  const head = place && readHead(files, place.gitdir);
  if (!place || !head) return undefined;
  const tip = head.kind === "branch" ? resolveRef(files, place.gitdir, head.ref) : head.oid;
  const store = new ObjectStore(files, place.gitdir);
  let commits = 0;
  let tree: TreeFiles = new Map();
  for (let oid = tip; oid !== undefined && commits < COMMITS_COUNTED; commits++) {
    const commit = await store.commit(oid);
    if (commits === 0) tree = await store.tree(commit.tree);
    oid = commit.parents[0];
  }
  return {
    root: place.root,
    commits,
    remotes: listRemotes(files, folder) ?? [],
    committed(path) {
      const entry = tree.get(path);
      const full = `${place.root === "/" ? "" : place.root}/${path}`;
      return entry !== undefined && files.isFile(full) && blobId(files.readFile(full)) === entry.oid;
    },
  };
}

/** Moves index and worktree from one commit's files to another's, keeping or protecting what is not committed. */

import { directoryName } from "../files/tree";
import { compareFiles } from "./changes";
import type { Index } from "./index-file";
import type { Repository } from "./invocation";
import type { TreeFile, TreeFiles } from "./objects";
import { comparePaths } from "./paths";
import { worktreeEntry } from "./worktree";

export type Checkout =
  | { readonly status: "done"; readonly index: Index }
  /** Nothing was touched. */
  | { readonly status: "conflict"; readonly changed: readonly string[]; readonly untracked: readonly string[] };

/**
 * @param force overwrites local changes, and tracked files that differ, without asking.
 */
export async function checkoutTree(
  repository: Repository,
  from: TreeFiles,
  to: TreeFiles,
  options: { readonly force?: boolean } = {},
): Promise<Checkout> {
  const index = repository.readIndex();
  const touched: string[] = [];
  const changed: string[] = [];
  const untracked: string[] = [];
  const same = (a: TreeFile | undefined, b: TreeFile | undefined): boolean => a?.oid === b?.oid && a?.mode === b?.mode;
  const paths = new Set([...from.keys(), ...to.keys(), ...(options.force ? index.keys() : [])]);
  for (const path of paths) {
    const [old, next, staged] = [from.get(path), to.get(path), index.get(path)];
    const present = worktreeEntry(repository.files, repository.absolute(path));
    if (options.force) {
      if (!same(next, present) || !same(next, staged)) touched.push(path);
      continue;
    }
    if (same(old, next) || (same(next, staged) && (same(next, present) || staged))) continue;
    if (!staged && !old) {
      // New in the target: an untracked file of the same name must not be lost.
      if (present && !same(present, next)) untracked.push(path);
      else touched.push(path);
    } else if (!same(old, staged) || (present && !same(present, staged))) changed.push(path);
    else touched.push(path);
  }
  if (changed.length > 0 || untracked.length > 0) {
    return { status: "conflict", changed: changed.sort(comparePaths), untracked: untracked.sort(comparePaths) };
  }
  // Removals first, so that a folder can take the place of a file and the other way round.
  for (const path of touched) {
    if (to.has(path)) continue;
    removeFile(repository, path);
    index.delete(path);
  }
  for (const path of touched) {
    const file = to.get(path);
    if (file) await writeFile(repository, index, path, file);
  }
  repository.writeIndex(index);
  return { status: "done", index };
}

/** Writes a stored file into the worktree and into `index` (which is not saved). */
export async function writeFile(repository: Repository, index: Index, path: string, file: TreeFile): Promise<void> {
  const { files } = repository;
  const absolute = repository.absolute(path);
  if (file.mode === 0o160000) return;
  files.makeDirectory(directoryName(absolute), { recursive: true });
  const data = await repository.objects.blob(file.oid);
  if (worktreeEntry(files, absolute)) files.remove(absolute);
  else if (files.isDirectory(absolute)) files.remove(absolute, { recursive: true });
  if (file.mode === 0o120000) files.symlink(new TextDecoder().decode(data), absolute);
  // A copy of its own, because Git's buffers are windows into larger ones.
  else files.writeFile(absolute, new Uint8Array(data), { mode: file.mode === 0o100755 ? 0o755 : 0o644 });
  const entry = worktreeEntry(files, absolute);
  if (entry) index.set(path, entry);
}

/** Removes a file and the folders that it leaves empty, up to the root of the repository. */
export function removeFile(repository: Repository, path: string): void {
  const { files } = repository;
  const absolute = repository.absolute(path);
  if (!worktreeEntry(files, absolute)) return;
  files.remove(absolute);
  for (
    let folder = directoryName(path);
    folder !== "/" && folder !== "";
    folder = directoryName(`/${folder}`).slice(1)
  ) {
    const at = repository.absolute(folder);
    if (files.readDirectory(at).length > 0) return;
    files.remove(at, { directory: true });
  }
}

/** What `git checkout` and `git switch` list when they carry local changes along: `M\tapp.py`. */
export function carriedChanges(files: TreeFiles, index: Index, worktree: ReadonlyMap<string, TreeFile>): string {
  const now = new Map<string, TreeFile>(worktree);
  const letters = { added: "A", deleted: "D", modified: "M", typechange: "T", renamed: "R" } as const;
  for (const path of index.keys()) if (!worktree.has(path)) now.delete(path);
  return compareFiles(files, now)
    .map((change) => `${letters[change.kind]}\t${change.path}\n`)
    .join("");
}

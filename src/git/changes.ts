/** What differs between two lists of files, with renames. */

import type { TreeFile, TreeFiles } from "./objects";
import { comparePaths } from "./paths";

export type Change =
  | { readonly kind: "added"; readonly path: string; readonly after: TreeFile }
  | { readonly kind: "deleted"; readonly path: string; readonly before: TreeFile }
  /** Content or permissions; `typechange` when a file became a link or the other way round. */
  | {
      readonly kind: "modified" | "typechange";
      readonly path: string;
      readonly before: TreeFile;
      readonly after: TreeFile;
    }
  | {
      readonly kind: "renamed";
      readonly path: string;
      readonly from: string;
      readonly before: TreeFile;
      readonly after: TreeFile;
      /** Percent. */
      readonly similarity: number;
    };

/** Changes sorted by path, renames not looked for. */
export function compareFiles(before: TreeFiles, after: TreeFiles): Change[] {
  const changes: Change[] = [];
  for (const [path, old] of before) {
    const now = after.get(path);
    if (!now) changes.push({ kind: "deleted", path, before: old });
    else if (now.oid !== old.oid || now.mode !== old.mode) {
      const kind = now.mode >> 12 === old.mode >> 12 ? "modified" : "typechange";
      changes.push({ kind, path, before: old, after: now });
    }
  }
  for (const [path, now] of after) if (!before.has(path)) changes.push({ kind: "added", path, after: now });
  return changes.sort((a, b) => comparePaths(a.path, b.path));
}

/** Half of the content in common makes a rename, as in Git. */
const MINIMUM = 50;

/** Joins deletions and additions of like content into renames, as Git does by default. */
export async function findRenames(
  changes: readonly Change[],
  read: (oid: string) => Promise<Uint8Array>,
): Promise<Change[]> {
  const deleted = changes.filter((change) => change.kind === "deleted");
  const added = changes.filter((change) => change.kind === "added");
  if (deleted.length === 0 || added.length === 0) return [...changes];
  const pairs: { from: string; to: string; similarity: number; sameName: boolean }[] = [];
  for (const old of deleted) {
    for (const now of added) {
      if (old.before.mode >> 12 !== now.after.mode >> 12) continue;
      const similarity = old.before.oid === now.after.oid ? 100 : await similar(old.before, now.after, read);
      const sameName = old.path.split("/").at(-1) === now.path.split("/").at(-1);
      if (similarity >= MINIMUM) pairs.push({ from: old.path, to: now.path, similarity, sameName });
    }
  }
  pairs.sort((a, b) => b.similarity - a.similarity || Number(b.sameName) - Number(a.sameName));
  const taken = new Map<string, { from: string; similarity: number }>();
  const gone = new Set<string>();
  for (const { from, to, similarity } of pairs) {
    if (gone.has(from) || taken.has(to)) continue;
    gone.add(from);
    taken.set(to, { from, similarity });
  }
  return changes.flatMap((change): Change[] => {
    if (change.kind === "deleted" && gone.has(change.path)) return [];
    const rename = change.kind === "added" ? taken.get(change.path) : undefined;
    const old = rename && deleted.find((each) => each.path === rename.from);
    if (!rename || !old || change.kind !== "added") return [change];
    return [{ ...rename, kind: "renamed", path: change.path, before: old.before, after: change.after }];
  });
}

async function similar(before: TreeFile, after: TreeFile, read: (oid: string) => Promise<Uint8Array>): Promise<number> {
  const [old, now] = [await read(before.oid), await read(after.oid)];
  const larger = Math.max(old.byteLength, now.byteLength);
  const smaller = Math.min(old.byteLength, now.byteLength);
  // Nothing of an empty file can be found again, and too different sizes cannot reach the minimum.
  if (smaller === 0 || smaller * 100 < larger * MINIMUM) return 0;
  const [known, wanted] = [chunks(old), chunks(now)];
  let copied = 0;
  for (const [chunk, bytes] of wanted) copied += Math.min(bytes, known.get(chunk) ?? 0);
  return Math.floor((copied * 100) / larger);
}

/** Bytes per distinct chunk; a chunk ends at a newline or after 64 bytes, as in Git's estimate. */
function chunks(data: Uint8Array): Map<string, number> {
  const found = new Map<string, number>();
  let start = 0;
  for (let at = 0; at < data.byteLength; at++) {
    if (data[at] !== 10 && at - start < 63 && at < data.byteLength - 1) continue;
    const chunk = String.fromCharCode(...data.subarray(start, at + 1));
    found.set(chunk, (found.get(chunk) ?? 0) + chunk.length);
    start = at + 1;
  }
  return found;
}

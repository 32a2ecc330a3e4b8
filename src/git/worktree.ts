/** The learner's files as Git sees them: without what is ignored, with ids and modes. */

import "../files/buffer-global";
import * as git from "isomorphic-git";
import { nodeFs } from "../files/node-fs";
import type { FileStat, FileTree } from "../files/tree";
import type { Index, IndexEntry } from "./index-file";
import { blobId } from "./objects";
import type { RepositoryPlace } from "./repository";

export interface Worktree {
  /** Tracked paths that exist, with their present id and mode. */
  readonly tracked: ReadonlyMap<string, IndexEntry>;
  /** Untracked, not ignored files, each by itself. */
  readonly untracked: ReadonlyMap<string, IndexEntry>;
  /** The same as `git status` lists them: a folder without tracked files as one name ending in `/`. */
  readonly untrackedNames: readonly string[];
}

const encoder = new TextEncoder();

/** What the index would hold for the file or link at an absolute path; undefined for folders and what is not there. */
export function worktreeEntry(files: FileTree, path: string): IndexEntry | undefined {
  let stat: FileStat;
  try {
    stat = files.lstat(path);
  } catch {
    return undefined;
  }
  if (stat.kind === "directory") return undefined;
  const common = { mtime: stat.mtime, ino: stat.ino, size: stat.size };
  if (stat.kind === "symlink") {
    return { ...common, mode: 0o120000, oid: blobId(encoder.encode(files.readLink(path))) };
  }
  return { ...common, mode: stat.mode & 0o111 ? 0o100755 : 0o100644, oid: blobId(files.readFile(path)) };
}

/** The bytes that a blob of this path has: the content, or where a link points. */
export function worktreeContent(files: FileTree, path: string): Uint8Array {
  return files.lstat(path).kind === "symlink" ? encoder.encode(files.readLink(path)) : files.readFile(path);
}

/** Whether `.gitignore` or `info/exclude` leaves the path out. Folders end in `/`. */
export function isIgnored(files: FileTree, place: RepositoryPlace, path: string): Promise<boolean> {
  return git.isIgnored({ fs: nodeFs(files), dir: place.root, gitdir: place.gitdir, filepath: path });
}

/** @param ignored also lists what is ignored (for `git add --force`). */
export async function readWorktree(
  files: FileTree,
  place: RepositoryPlace,
  index: Index,
  options: { readonly ignored?: boolean } = {},
): Promise<Worktree> {
  const root = place.root === "/" ? "" : place.root;
  const tracked = new Map<string, IndexEntry>();
  for (const [path, entry] of index) {
    const present = entry.mode === 0o160000 ? entry : worktreeEntry(files, `${root}/${path}`);
    if (present) tracked.set(path, present);
  }
  const trackedFolders = new Set<string>();
  for (const path of index.keys()) {
    for (let cut = path.indexOf("/"); cut >= 0; cut = path.indexOf("/", cut + 1))
      trackedFolders.add(path.slice(0, cut));
  }
  const untracked = new Map<string, IndexEntry>();
  const untrackedNames: string[] = [];
  const visit = async (folder: string, collapsed: boolean): Promise<void> => {
    for (const name of files.readDirectory(`${root}/${folder}`)) {
      if (name === ".git") continue;
      const path = `${folder}${name}`;
      if (index.has(path)) continue;
      const absolute = `${root}/${path}`;
      const directory = files.lstat(absolute).kind === "directory";
      if (
        !options.ignored &&
        !trackedFolders.has(path) &&
        (await isIgnored(files, place, directory ? `${path}/` : path))
      ) {
        continue;
      }
      if (!directory) {
        const entry = worktreeEntry(files, absolute);
        if (entry) untracked.set(path, entry);
        if (entry && !collapsed) untrackedNames.push(path);
        continue;
      }
      if (files.isFile(`${absolute}/.git/HEAD`)) {
        // A repository inside the repository: never looked into.
        if (!collapsed) untrackedNames.push(`${path}/`);
        continue;
      }
      if (trackedFolders.has(path)) {
        await visit(`${path}/`, collapsed);
        continue;
      }
      const before = untracked.size;
      await visit(`${path}/`, true);
      if (!collapsed && untracked.size > before) untrackedNames.push(`${path}/`);
    }
  };
  await visit("", false);
  return { tracked, untracked, untrackedNames };
}

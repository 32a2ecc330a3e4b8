/** The control plane's view of a pushed commit: plain files. */

import type { FileTree } from "../files/tree";
import type { SourceFile, SourceFiles, SourceTree } from "../platform/ports";
import { BareRepository, type RepositoryFile } from "./bare-repository";

const decoder = new TextDecoder();
const MAX_LINKS = 20;

/** Reads commits from the bare repositories of a GitServer that works on the same file tree. */
export class GitSourceTree implements SourceTree {
  constructor(private readonly files: FileTree) {}

  /** Symbolic links become the files that they point to, inside the tree; submodules and dangling links are left out. */
  async read(app: string, commit: string, signal?: AbortSignal): Promise<SourceFiles> {
    const found = await new BareRepository(this.files, app).readFiles(commit, signal);
    const source = new Map<string, SourceFile>();
    for (const [path, file] of found) {
      const target = followLinks(found, path, file);
      if (target) source.set(path, { data: target.data, executable: target.mode === 0o100755 });
    }
    return source;
  }
}

function followLinks(
  files: ReadonlyMap<string, RepositoryFile>,
  path: string,
  file: RepositoryFile,
): RepositoryFile | undefined {
  let at: RepositoryFile | undefined = file;
  let where = path;
  for (let links = 0; at?.mode === 0o120000; links++) {
    if (links === MAX_LINKS) return undefined;
    const parts = where.split("/").slice(0, -1);
    const target = decoder.decode(at.data);
    if (target.startsWith("/")) return undefined;
    for (const part of target.split("/")) {
      if (part === "..") {
        if (parts.pop() === undefined) return undefined;
      } else if (part !== "." && part !== "") parts.push(part);
    }
    where = parts.join("/");
    at = files.get(where);
  }
  return at;
}

/** Objects of one repository: isomorphic-git behind the few questions that the commands ask. */

import "../files/buffer-global";
import { sha1 } from "@noble/hashes/legacy.js";
import * as git from "isomorphic-git";
import { type NodePromisesFs, nodeFs } from "../files/node-fs";
import type { FileTree } from "../files/tree";
import { type Index, toHex } from "./index-file";

/** A path of a tree or of the index, without what only the index knows. */
export interface TreeFile {
  /** 0o100644, 0o100755, 0o120000 or 0o160000. */
  readonly mode: number;
  readonly oid: string;
}
/** Files by path relative to the root; folders only exist through their files. */
export type TreeFiles = ReadonlyMap<string, TreeFile>;

export interface Person {
  readonly name: string;
  readonly email: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  /** Minutes to add to local time to get UTC: -120 for `+0200`. */
  readonly timezoneOffset: number;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** Ends in a newline. */
  readonly message: string;
}

const encoder = new TextEncoder();
/** Blob ids by the bytes themselves: the tree never changes an array in place, so a known one need not be hashed again. */
const knownBlobs = new WeakMap<Uint8Array, string>();

/** The id that `data` has as a blob. */
export function blobId(data: Uint8Array): string {
  const known = knownBlobs.get(data);
  if (known) return known;
  const hash = sha1.create();
  hash.update(encoder.encode(`blob ${data.byteLength}\0`));
  hash.update(data);
  const oid = toHex(hash.digest());
  knownBlobs.set(data, oid);
  return oid;
}

/** Reads and writes the objects below `gitdir`. Methods reject when an object is missing or of another type. */
export class ObjectStore {
  readonly fs: NodePromisesFs;
  /** isomorphic-git keeps the indexes of packs here; one store lives as long as one command. */
  readonly cache: object = {};

  constructor(
    readonly files: FileTree,
    readonly gitdir: string,
  ) {
    this.fs = nodeFs(files);
  }

  private get common(): { fs: NodePromisesFs; gitdir: string; cache: object } {
    return { fs: this.fs, gitdir: this.gitdir, cache: this.cache };
  }

  async commit(oid: string): Promise<Commit> {
    const { commit } = await git.readCommit({ ...this.common, oid });
    return { ...commit, oid, parents: commit.parent };
  }

  async blob(oid: string): Promise<Uint8Array> {
    return (await git.readBlob({ ...this.common, oid })).blob;
  }

  /** All files of a tree or of a commit's tree. */
  async tree(oid: string | undefined): Promise<TreeFiles> {
    const found = new Map<string, TreeFile>();
    const visit = async (tree: string, prefix: string): Promise<void> => {
      for (const entry of (await git.readTree({ ...this.common, oid: tree })).tree) {
        if (entry.type === "tree") await visit(entry.oid, `${prefix}${entry.path}/`);
        else found.set(prefix + entry.path, { mode: Number.parseInt(entry.mode, 8), oid: entry.oid });
      }
    };
    if (oid) await visit(oid, "");
    return found;
  }

  async type(oid: string): Promise<"blob" | "tree" | "commit" | "tag" | undefined> {
    try {
      const object = await git.readObject({ ...this.common, oid, format: "content" });
      return object.type === "blob" || object.type === "tree" || object.type === "commit" || object.type === "tag"
        ? object.type
        : undefined;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "NotFoundError") return undefined;
      throw error;
    }
  }

  /** The blob or tree at `path` of a commit; undefined when it is not there. */
  async pathObject(commit: string, path: string): Promise<string | undefined> {
    let oid = (await this.commit(commit)).tree;
    for (const name of path.split("/").filter(Boolean)) {
      if ((await this.type(oid)) !== "tree") return undefined;
      const { tree } = await git.readTree({ ...this.common, oid });
      const entry = tree.find((each) => each.path === name);
      if (!entry) return undefined;
      oid = entry.oid;
    }
    return oid;
  }

  /** Names directly inside a tree. */
  async treeEntries(oid: string): Promise<readonly { readonly path: string; readonly folder: boolean }[]> {
    const { tree } = await git.readTree({ ...this.common, oid });
    return tree.map((entry) => ({ path: entry.path, folder: entry.type === "tree" }));
  }

  async tag(oid: string): Promise<{ name: string; tagger: Person; message: string; object: string }> {
    const { tag } = await git.readTag({ ...this.common, oid });
    return { name: tag.tag, tagger: tag.tagger, message: tag.message, object: tag.object };
  }

  async tagTarget(oid: string): Promise<string> {
    return (await git.readTag({ ...this.common, oid })).tag.object;
  }

  /** Full ids that start with `prefix` (at least 4 hex digits). */
  async expand(prefix: string): Promise<string | undefined> {
    try {
      return await git.expandOid({ ...this.common, oid: prefix });
    } catch {
      return undefined;
    }
  }

  async writeBlob(data: Uint8Array): Promise<string> {
    const oid = blobId(data);
    const path = `${this.gitdir}/objects/${oid.slice(0, 2)}/${oid.slice(2)}`;
    if (!this.files.exists(path)) await git.writeBlob({ ...this.common, blob: data });
    return oid;
  }

  /** Writes the trees of the whole index; returns the root's id. */
  async writeTree(index: Index): Promise<string> {
    type Folder = { readonly files: Map<string, TreeFile>; readonly folders: Map<string, Folder> };
    const root: Folder = { files: new Map(), folders: new Map() };
    for (const [path, entry] of index) {
      const parts = path.split("/");
      let folder = root;
      for (const name of parts.slice(0, -1)) {
        const next: Folder = folder.folders.get(name) ?? { files: new Map(), folders: new Map() };
        folder.folders.set(name, next);
        folder = next;
      }
      folder.files.set(parts.at(-1) ?? path, entry);
    }
    const write = async (folder: Folder): Promise<string> => {
      const tree: git.TreeEntry[] = [];
      for (const [path, child] of folder.folders) {
        tree.push({ mode: "040000", path, oid: await write(child), type: "tree" });
      }
      for (const [path, file] of folder.files) {
        const type = file.mode === 0o160000 ? "commit" : "blob";
        tree.push({ mode: file.mode.toString(8), path, oid: file.oid, type });
      }
      return git.writeTree({ ...this.common, tree });
    };
    return write(root);
  }

  async writeCommit(commit: Omit<Commit, "oid">): Promise<string> {
    const { parents, ...rest } = commit;
    return git.writeCommit({ ...this.common, commit: { ...rest, parent: [...parents] } });
  }

  async writeTag(tag: {
    object: string;
    type: "commit" | "tree" | "blob";
    tag: string;
    tagger: Person;
    message: string;
  }) {
    return git.writeTag({ ...this.common, tag });
  }
}

/** The platform's own repository of one app: bare, below `/srv/git`, in the server's file tree. */

import "../files/buffer-global";
import { sha1 } from "@noble/hashes/legacy.js";
import * as git from "isomorphic-git";
import { type NodePromisesFs, nodeFs } from "../files/node-fs";
import { directoryName, type FileTree } from "../files/tree";

export const ZERO_OID = "0".repeat(40);

/** Where the repository of an app is in the server's tree. */
export function repositoryPath(app: string): string {
  return `/srv/git/${app}.git`;
}

export interface StoredPack {
  /** Absolute paths of the pack and its index. */
  readonly paths: readonly string[];
}

const CONFIG = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

export class BareRepository {
  readonly fs: NodePromisesFs;
  readonly gitdir: string;
  /** isomorphic-git keeps parsed pack indexes here. */
  private cache: object = {};

  constructor(
    private readonly files: FileTree,
    readonly app: string,
  ) {
    this.fs = nodeFs(files);
    this.gitdir = repositoryPath(app);
  }

  get exists(): boolean {
    return this.files.isFile(`${this.gitdir}/HEAD`);
  }

  private get common(): { fs: NodePromisesFs; gitdir: string; cache: object } {
    return { fs: this.fs, gitdir: this.gitdir, cache: this.cache };
  }

  create(): void {
    for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags", "info"]) {
      this.files.makeDirectory(`${this.gitdir}/${folder}`, { recursive: true });
    }
    this.files.writeFile(`${this.gitdir}/HEAD`, "ref: refs/heads/main\n");
    this.files.writeFile(`${this.gitdir}/config`, CONFIG);
    this.files.writeFile(`${this.gitdir}/description`, `Application ${this.app}\n`);
  }

  /** Full name of the branch that HEAD names. */
  get headRef(): string {
    return this.files
      .readText(`${this.gitdir}/HEAD`)
      .trim()
      .replace(/^ref:\s*/, "");
  }

  set headRef(ref: string) {
    this.files.writeFile(`${this.gitdir}/HEAD`, `ref: ${ref}\n`);
  }

  /** All references but HEAD, sorted by name. */
  refs(): Map<string, string> {
    const refs: [string, string][] = [];
    const visit = (folder: string): void => {
      for (const name of this.files.readDirectory(`${this.gitdir}/${folder}`)) {
        const ref = `${folder}/${name}`;
        if (this.files.isDirectory(`${this.gitdir}/${ref}`)) visit(ref);
        else refs.push([ref, this.files.readText(`${this.gitdir}/${ref}`).trim()]);
      }
    };
    if (this.exists) visit("refs");
    return new Map(refs.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  updateRef(ref: string, oid: string): void {
    const path = `${this.gitdir}/${ref}`;
    if (oid === ZERO_OID) this.files.remove(path);
    else {
      this.files.makeDirectory(directoryName(path), { recursive: true });
      this.files.writeFile(path, `${oid}\n`);
    }
  }

  /**
   * Checks and stores a received pack with its index, so that its objects can be read.
   * A thin pack (deltas against objects that only the repository has) is written anew, complete.
   * Throws with a reason fit for `unpack <reason>`.
   */
  async storePack(pack: Uint8Array): Promise<StoredPack> {
    const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
    if (pack.byteLength < 32 || view.getUint32(0) !== 0x5041434b) throw new Error("index-pack abnormal exit");
    const count = view.getUint32(8);
    const trailer = toHex(pack.subarray(-20));
    if (toHex(sha1(pack.subarray(0, -20))) !== trailer) throw new Error("index-pack abnormal exit");
    if (count === 0) return { paths: [] };
    const quarantine = `${this.gitdir}/incoming`;
    const name = `objects/pack/pack-${trailer}.pack`;
    this.files.makeDirectory(`${quarantine}/objects/pack`, { recursive: true });
    try {
      this.files.writeFile(`${quarantine}/${name}`, pack);
      const alone = await git.indexPack({ fs: this.fs, dir: quarantine, gitdir: quarantine, filepath: name });
      if (alone.oids.length === count) return this.keep(quarantine, name);
    } finally {
      this.files.remove(quarantine, { recursive: true });
    }
    return this.completePack(pack, name, count);
  }

  removePack(pack: StoredPack): void {
    for (const path of pack.paths) if (this.files.exists(path)) this.files.remove(path);
    this.cache = {};
  }

  private keep(quarantine: string, name: string): StoredPack {
    const index = name.replace(/pack$/, "idx");
    const known = this.files.exists(`${this.gitdir}/${name}`);
    for (const file of [name, index]) {
      if (!known) this.files.rename(`${quarantine}/${file}`, `${this.gitdir}/${file}`);
    }
    // A pack that an earlier push left here is not this push's to remove.
    return { paths: known ? [] : [`${this.gitdir}/${name}`, `${this.gitdir}/${index}`] };
  }

  private async completePack(pack: Uint8Array, name: string, count: number): Promise<StoredPack> {
    const thin = { paths: [`${this.gitdir}/${name}`, `${this.gitdir}/${name.replace(/pack$/, "idx")}`] };
    try {
      this.files.writeFile(`${this.gitdir}/${name}`, pack);
      const { oids } = await git.indexPack({ ...this.common, dir: this.gitdir, filepath: name });
      if (oids.length !== count) throw new Error("unresolved deltas left after unpacking");
      const whole = await git.packObjects({ ...this.common, oids, write: true });
      const filepath = `objects/pack/${whole.filename}`;
      await git.indexPack({ ...this.common, dir: this.gitdir, filepath });
      return { paths: [filepath, filepath.replace(/pack$/, "idx")].map((file) => `${this.gitdir}/${file}`) };
    } finally {
      this.removePack(thin);
    }
  }

  /** The tree of a commit and how many files it has; undefined when the commit or a part of it is missing. */
  async inspect(oid: string): Promise<{ readonly tree: string; readonly files: number } | undefined> {
    try {
      const { tree } = await this.commit(oid);
      return { tree, files: (await this.readFiles(oid)).size };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "NotFoundError" || code === "ObjectTypeError") return undefined;
      throw error;
    }
  }

  async hasObject(oid: string): Promise<boolean> {
    try {
      await git.readObject({ ...this.common, oid, format: "deflated" });
      return true;
    } catch {
      return false;
    }
  }

  /** Files and links of a commit, by path; rejects if an object is missing. @param signal stops between objects. */
  async readFiles(commit: string, signal?: AbortSignal): Promise<Map<string, RepositoryFile>> {
    const found = new Map<string, RepositoryFile>();
    const visit = async (oid: string, prefix: string): Promise<void> => {
      for (const entry of (await git.readTree({ ...this.common, oid })).tree) {
        signal?.throwIfAborted();
        const path = prefix + entry.path;
        if (entry.type === "tree") await visit(entry.oid, `${path}/`);
        else if (entry.type === "blob") {
          const { blob } = await git.readBlob({ ...this.common, oid: entry.oid });
          found.set(path, { mode: Number.parseInt(entry.mode, 8), data: blob });
        }
      }
    };
    const { commit: object } = await git.readCommit({ ...this.common, oid: commit });
    await visit(object.tree, "");
    return found;
  }

  async commit(oid: string): Promise<{ readonly tree: string; readonly parents: readonly string[] }> {
    const { commit } = await git.readCommit({ ...this.common, oid });
    return { tree: commit.tree, parents: commit.parent };
  }

  async packOf(oids: readonly string[]): Promise<Uint8Array> {
    const { packfile } = await git.packObjects({ ...this.common, oids: [...oids], write: false });
    return packfile ?? new Uint8Array();
  }

  /** Ids of a tree, its folders and its files. */
  async treeObjects(oid: string, into: Set<string>): Promise<void> {
    if (into.has(oid)) return;
    into.add(oid);
    for (const entry of (await git.readTree({ ...this.common, oid })).tree) {
      if (entry.type === "tree") await this.treeObjects(entry.oid, into);
      else if (entry.type === "blob") into.add(entry.oid);
    }
  }
}

export interface RepositoryFile {
  /** 0o100644, 0o100755 or 0o120000. */
  readonly mode: number;
  readonly data: Uint8Array;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

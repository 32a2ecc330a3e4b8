/** The learner's file tree: synchronous, in memory, immutable underneath, so that a snapshot costs nothing. */

export type FileErrorCode = "ENOENT" | "EEXIST" | "ENOTDIR" | "EISDIR" | "ENOTEMPTY" | "EINVAL" | "ELOOP" | "ENOSPC";

const MESSAGES: Record<FileErrorCode, string> = {
  ENOENT: "No such file or directory",
  EEXIST: "File exists",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  ENOTEMPTY: "Directory not empty",
  EINVAL: "Invalid argument",
  ELOOP: "Too many levels of symbolic links",
  ENOSPC: "No space left on device",
};

/** What a failed operation throws; `code` is the errno name, `reason` the text that GNU tools print for it. */
export class FileError extends Error {
  readonly code: FileErrorCode;
  readonly path: string;
  readonly reason: string;

  constructor(code: FileErrorCode, path: string) {
    super(`${code}: ${MESSAGES[code]}, '${path}'`);
    this.name = "FileError";
    this.code = code;
    this.path = path;
    this.reason = MESSAGES[code];
  }
}

interface Meta {
  readonly ino: number;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
}
interface FileNode extends Meta {
  readonly kind: "file";
  readonly data: Uint8Array;
}
interface DirectoryNode extends Meta {
  readonly kind: "directory";
  readonly children: ReadonlyMap<string, Node>;
}
interface LinkNode extends Meta {
  readonly kind: "symlink";
  readonly target: string;
}
type Node = FileNode | DirectoryNode | LinkNode;

export interface FileStat {
  readonly kind: Node["kind"];
  readonly ino: number;
  readonly mode: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** Bytes; 0 for a directory. */
  readonly size: number;
}

/** One change, by absolute path. `write` also stands for "created" and "mode changed". */
export type FileChange =
  | { readonly kind: "write"; readonly path: string; readonly node: FileEntry }
  | { readonly kind: "remove"; readonly path: string };

/** A node as it travels to storage or is read back from there. */
export type FileEntry =
  | { readonly kind: "file"; readonly mode: number; readonly mtime: number; readonly data: Uint8Array }
  | { readonly kind: "directory"; readonly mode: number; readonly mtime: number }
  | { readonly kind: "symlink"; readonly mode: number; readonly mtime: number; readonly target: string };

/** An immutable picture of a whole tree; taking one is free. */
export interface FileSnapshot {
  readonly root: unknown;
}

export type FileListener = (changes: readonly FileChange[]) => void;

export interface FileTreeOptions {
  /** Milliseconds since the epoch, for modification times. */
  readonly now?: () => number;
  /** Bytes that all files together may hold; a write over it throws ENOSPC. */
  readonly capacity?: number;
}

const MAX_LINKS = 20;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Resolves `.`, `..` and repeated slashes; `path` may be relative to `base`. Always absolute, never ends in `/` but for the root. */
export function resolvePath(base: string, path: string): string {
  const full = path.startsWith("/") ? path : `${base}/${path}`;
  const parts: string[] = [];
  for (const part of full.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Last component of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The path without its last component. */
export function directoryName(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut <= 0 ? "/" : path.slice(0, cut);
}

/**
 * A POSIX-like tree with symbolic links, permissions and modification times.
 * All paths are absolute; every method throws FileError where the matching system call would fail.
 */
export class FileTree {
  private root: DirectoryNode;
  private readonly listeners = new Set<FileListener>();
  private readonly now: () => number;
  private readonly capacity: number;
  private used = 0;
  private nextInode = 1;

  constructor(options: FileTreeOptions = {}) {
    this.now = options.now ?? Date.now;
    this.capacity = options.capacity ?? Number.POSITIVE_INFINITY;
    this.root = this.newDirectory();
  }

  /** Calls `listener` after every change, in order; returns how to stop. */
  watch(listener: FileListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Bytes held by all files. */
  get size(): number {
    return this.used;
  }

  exists(path: string): boolean {
    return this.find(path, true) !== undefined;
  }

  isDirectory(path: string): boolean {
    return this.find(path, true)?.kind === "directory";
  }

  isFile(path: string): boolean {
    return this.find(path, true)?.kind === "file";
  }

  /** Follows links. */
  stat(path: string): FileStat {
    return toStat(this.get(path, true));
  }

  /** Does not follow a link in the last component. */
  lstat(path: string): FileStat {
    return toStat(this.get(path, false));
  }

  /** The bytes themselves, not a copy: do not write into them. */
  readFile(path: string): Uint8Array {
    const node = this.get(path, true);
    if (node.kind !== "file") throw new FileError("EISDIR", path);
    return node.data;
  }

  readText(path: string): string {
    return decoder.decode(this.readFile(path));
  }

  /** Names in code-unit order. */
  readDirectory(path: string): string[] {
    const node = this.get(path, true);
    if (node.kind !== "directory") throw new FileError("ENOTDIR", path);
    return [...node.children.keys()].sort();
  }

  readLink(path: string): string {
    const node = this.get(path, false);
    if (node.kind !== "symlink") throw new FileError("EINVAL", path);
    return node.target;
  }

  /** The absolute path with all links resolved. */
  realPath(path: string): string {
    return this.locate(path, true).path;
  }

  writeFile(path: string, content: Uint8Array | string, options: { mode?: number } = {}): void {
    const data = typeof content === "string" ? encoder.encode(content) : content;
    const at = this.locate(path, true);
    const old = at.node;
    if (old?.kind === "directory") throw new FileError("EISDIR", path);
    const growth = data.byteLength - (old?.kind === "file" ? old.data.byteLength : 0);
    if (growth > 0 && this.used + growth > this.capacity) throw new FileError("ENOSPC", path);
    this.put(at.path, {
      kind: "file",
      ino: old?.ino ?? this.nextInode++,
      mode: options.mode ?? old?.mode ?? 0o644,
      mtime: this.now(),
      data,
    });
  }

  appendFile(path: string, content: Uint8Array | string): void {
    const data = typeof content === "string" ? encoder.encode(content) : content;
    const old = this.exists(path) ? this.readFile(path) : new Uint8Array();
    const joined = new Uint8Array(old.byteLength + data.byteLength);
    joined.set(old);
    joined.set(data, old.byteLength);
    this.writeFile(path, joined);
  }

  makeDirectory(path: string, options: { recursive?: boolean } = {}): void {
    if (options.recursive) {
      let at = "";
      for (const part of path.split("/").filter(Boolean)) {
        at += `/${part}`;
        const node = this.find(at, true);
        if (node === undefined) this.makeDirectory(at);
        else if (node.kind !== "directory") throw new FileError(at === path ? "EEXIST" : "ENOTDIR", at);
      }
      return;
    }
    const at = this.locate(path, false);
    if (at.node) throw new FileError("EEXIST", path);
    this.put(at.path, this.newDirectory());
  }

  symlink(target: string, path: string): void {
    const at = this.locate(path, false);
    if (at.node) throw new FileError("EEXIST", path);
    this.put(at.path, { kind: "symlink", ino: this.nextInode++, mode: 0o777, mtime: this.now(), target });
  }

  changeMode(path: string, mode: number): void {
    const at = this.locate(path, true);
    if (!at.node) throw new FileError("ENOENT", path);
    this.put(at.path, { ...at.node, mode: mode & 0o777 });
  }

  /** Sets the modification time (ms); creates nothing. */
  touch(path: string, mtime = this.now()): void {
    const at = this.locate(path, true);
    if (!at.node) throw new FileError("ENOENT", path);
    this.put(at.path, { ...at.node, mtime });
  }

  /** Removes a file or link; a directory only if `recursive`, or empty with `directory`. */
  remove(path: string, options: { recursive?: boolean; directory?: boolean } = {}): void {
    const at = this.locate(path, false);
    if (!at.node) throw new FileError("ENOENT", path);
    if (at.path === "/") throw new FileError("EINVAL", path);
    if (at.node.kind === "directory" && !options.recursive) {
      if (!options.directory) throw new FileError("EISDIR", path);
      if (at.node.children.size > 0) throw new FileError("ENOTEMPTY", path);
    }
    this.put(at.path, undefined);
  }

  rename(from: string, to: string): void {
    const source = this.locate(from, false);
    if (!source.node) throw new FileError("ENOENT", from);
    const target = this.locate(to, false);
    if (source.path === target.path) return;
    if (target.path.startsWith(`${source.path}/`)) throw new FileError("EINVAL", to);
    if (target.node?.kind === "directory") {
      if (source.node.kind !== "directory") throw new FileError("EISDIR", to);
      if (target.node.children.size > 0) throw new FileError("ENOTEMPTY", to);
    } else if (target.node && source.node.kind === "directory") throw new FileError("ENOTDIR", to);
    const node = source.node;
    this.put(source.path, undefined);
    this.put(target.path, node);
  }

  snapshot(): FileSnapshot {
    return { root: this.root };
  }

  /** Goes back to `snapshot` (of this tree, or of another one) and tells the listeners what changed. */
  restore(snapshot: FileSnapshot): void {
    const before = this.root;
    this.root = snapshot.root as DirectoryNode;
    this.used = sizeOf(this.root);
    const changes: FileChange[] = [];
    compare("", before, this.root, changes);
    this.tell(changes);
  }

  /** Every node but the root, parents first. */
  *entries(path = "/"): IterableIterator<[path: string, entry: FileEntry]> {
    const node = this.find(path, true);
    if (node) yield* walk(path === "/" ? "" : path, node);
  }

  /** Fills the tree from stored entries, without telling the listeners; parents are made as needed. */
  load(entries: Iterable<readonly [path: string, entry: FileEntry]>): void {
    const listeners = [...this.listeners];
    this.listeners.clear();
    try {
      for (const [path, entry] of entries) {
        this.makeDirectory(directoryName(path), { recursive: true });
        const old = this.find(path, false);
        const ino = old?.ino ?? this.nextInode++;
        if (entry.kind === "directory") {
          const children = old?.kind === "directory" ? old.children : new Map<string, Node>();
          this.put(path, { ...entry, ino, children }, false);
        } else this.put(path, { ...entry, ino }, false);
      }
    } finally {
      for (const listener of listeners) this.listeners.add(listener);
    }
  }

  private newDirectory(): DirectoryNode {
    return { kind: "directory", ino: this.nextInode++, mode: 0o755, mtime: this.now(), children: new Map() };
  }

  private find(path: string, follow: boolean): Node | undefined {
    try {
      return this.locate(path, follow).node;
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  private get(path: string, follow: boolean): Node {
    const { node } = this.locate(path, follow);
    if (!node) throw new FileError("ENOENT", path);
    return node;
  }

  /** Where `path` really is after its links. The parent must exist; the node itself may not. */
  private locate(path: string, follow: boolean): { path: string; node: Node | undefined } {
    let links = 0;
    let pending = path.split("/").filter(Boolean);
    let trail: { name: string; node: Node }[] = [];
    while (pending.length > 0) {
      const [name = "", ...rest] = pending;
      pending = rest;
      if (name === ".") continue;
      if (name === "..") {
        trail = trail.slice(0, -1);
        continue;
      }
      const parent = trail.at(-1)?.node ?? this.root;
      if (parent.kind !== "directory") throw new FileError("ENOTDIR", path);
      const node = parent.children.get(name);
      const parentPath = trail.map((step) => `/${step.name}`).join("");
      if (!node) {
        if (pending.length > 0) throw new FileError("ENOENT", path);
        return { path: `${parentPath}/${name}`, node: undefined };
      }
      if (node.kind === "symlink" && (follow || pending.length > 0)) {
        links += 1;
        if (links > MAX_LINKS) throw new FileError("ELOOP", path);
        if (node.target.startsWith("/")) trail = [];
        pending = [...node.target.split("/").filter(Boolean), ...pending];
        continue;
      }
      trail.push({ name, node });
    }
    const last = trail.at(-1);
    return { path: `/${trail.map((step) => step.name).join("/")}`, node: last ? last.node : this.root };
  }

  /** Replaces (or, with undefined, removes) the node at a link-free path by copying the spine above it. */
  private put(path: string, node: Node | undefined, touchParent = true): void {
    if (path === "/") {
      if (node?.kind === "directory") this.root = node;
      return;
    }
    const names = path.split("/").filter(Boolean);
    const removed: Node[] = [];
    const mtime = this.now();
    const replace = (directory: DirectoryNode, depth: number): DirectoryNode => {
      const name = names[depth] ?? "";
      const children = new Map(directory.children);
      if (depth === names.length - 1) {
        const old = children.get(name);
        if (old) removed.push(old);
        if (node) children.set(name, node);
        else children.delete(name);
        return { ...directory, children, mtime: (old && node) || !touchParent ? directory.mtime : mtime };
      }
      const child = children.get(name);
      if (child?.kind !== "directory") throw new FileError(child ? "ENOTDIR" : "ENOENT", path);
      children.set(name, replace(child, depth + 1));
      return { ...directory, children };
    };
    this.root = replace(this.root, 0);
    for (const old of removed) this.used -= sizeOf(old);
    if (node) this.used += sizeOf(node);
    if (this.listeners.size === 0) return;
    const changes: FileChange[] = [];
    compare(path, removed[0], node, changes);
    this.tell(changes);
  }

  private tell(changes: readonly FileChange[]): void {
    if (changes.length === 0) return;
    for (const listener of [...this.listeners]) listener(changes);
  }
}

function toStat(node: Node): FileStat {
  const size = node.kind === "file" ? node.data.byteLength : node.kind === "symlink" ? node.target.length : 0;
  return { kind: node.kind, ino: node.ino, mode: node.mode, mtime: node.mtime, size };
}

function toEntry(node: Node): FileEntry {
  const { mode, mtime } = node;
  if (node.kind === "file") return { kind: "file", mode, mtime, data: node.data };
  if (node.kind === "symlink") return { kind: "symlink", mode, mtime, target: node.target };
  return { kind: "directory", mode, mtime };
}

function sizeOf(node: Node): number {
  if (node.kind === "file") return node.data.byteLength;
  if (node.kind === "symlink") return 0;
  let sum = 0;
  for (const child of node.children.values()) sum += sizeOf(child);
  return sum;
}

function* walk(path: string, node: Node): IterableIterator<[string, FileEntry]> {
  if (path !== "") yield [path, toEntry(node)];
  if (node.kind !== "directory") return;
  for (const [name, child] of node.children) yield* walk(`${path}/${name}`, child);
}

/** What changed from one node to another; equal pointers mean an equal subtree. */
function compare(path: string, before: Node | undefined, after: Node | undefined, out: FileChange[]): void {
  if (before === after) return;
  if (!after) {
    out.push({ kind: "remove", path });
    return;
  }
  if (before && before.kind !== after.kind) out.push({ kind: "remove", path });
  const old = before?.kind === after.kind ? before : undefined;
  if (after.kind !== "directory") {
    out.push({ kind: "write", path, node: toEntry(after) });
    return;
  }
  const known = old?.kind === "directory" ? old.children : new Map<string, Node>();
  if ((!old || old.mode !== after.mode) && path !== "") out.push({ kind: "write", path, node: toEntry(after) });
  for (const name of known.keys()) {
    if (!after.children.has(name)) out.push({ kind: "remove", path: `${path}/${name}` });
  }
  for (const [name, child] of after.children) compare(`${path}/${name}`, known.get(name), child, out);
}

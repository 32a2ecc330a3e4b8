/** The face of a FileTree that isomorphic-git asks for: Node's `fs.promises`, as far as that library uses it. */

import type { FileStat, FileTree } from "./tree";

export interface NodeStats {
  readonly dev: number;
  readonly ino: number;
  /** Type and permission bits, as in `st_mode`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

type Encoding = "utf8" | { readonly encoding?: string } | undefined;

/** Rejects with FileError (whose `code` is the errno name) where Node would reject. */
export interface NodePromisesFs {
  readonly promises: {
    readFile(path: string, options?: Encoding): Promise<Uint8Array | string>;
    writeFile(path: string, data: Uint8Array | string, options?: { readonly mode?: number } | string): Promise<void>;
    unlink(path: string): Promise<void>;
    readdir(path: string): Promise<string[]>;
    mkdir(path: string, options?: { readonly recursive?: boolean } | number): Promise<void>;
    rmdir(path: string): Promise<void>;
    rm(path: string, options?: { readonly recursive?: boolean }): Promise<void>;
    stat(path: string): Promise<NodeStats>;
    lstat(path: string): Promise<NodeStats>;
    readlink(path: string): Promise<string>;
    symlink(target: string, path: string): Promise<void>;
    chmod(path: string, mode: number): Promise<void>;
    rename(from: string, to: string): Promise<void>;
  };
}

const TYPE_BITS: Record<FileStat["kind"], number> = { file: 0o100000, directory: 0o040000, symlink: 0o120000 };

function toStats(stat: FileStat): NodeStats {
  return {
    dev: 1,
    ino: stat.ino,
    mode: TYPE_BITS[stat.kind] | stat.mode,
    uid: 1000,
    gid: 1000,
    size: stat.size,
    mtimeMs: stat.mtime,
    ctimeMs: stat.mtime,
    isFile: () => stat.kind === "file",
    isDirectory: () => stat.kind === "directory",
    isSymbolicLink: () => stat.kind === "symlink",
  };
}

/** Wraps `files`; all calls act at once and only their answers are asynchronous. Paths are absolute. */
export function nodeFs(files: FileTree): NodePromisesFs {
  return {
    promises: {
      async readFile(path, options) {
        const encoding = typeof options === "string" ? options : options?.encoding;
        return encoding ? files.readText(path) : files.readFile(path);
      },
      async writeFile(path, data, options) {
        const mode = typeof options === "object" ? options.mode : undefined;
        // A copy, because Buffers are often windows into a larger, reused allocation.
        files.writeFile(path, typeof data === "string" ? data : new Uint8Array(data), { mode });
      },
      async unlink(path) {
        files.remove(path);
      },
      async readdir(path) {
        return files.readDirectory(path);
      },
      async mkdir(path, options) {
        files.makeDirectory(path, { recursive: typeof options === "object" && options.recursive === true });
      },
      async rmdir(path) {
        files.remove(path, { directory: true });
      },
      async rm(path, options) {
        files.remove(path, { recursive: options?.recursive === true });
      },
      async stat(path) {
        return toStats(files.stat(path));
      },
      async lstat(path) {
        return toStats(files.lstat(path));
      },
      async readlink(path) {
        return files.readLink(path);
      },
      async symlink(target, path) {
        files.symlink(target, path);
      },
      async chmod(path, mode) {
        files.changeMode(path, mode);
      },
      async rename(from, to) {
        files.rename(from, to);
      },
    },
  };
}

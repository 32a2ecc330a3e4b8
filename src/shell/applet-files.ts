/** The learner's file tree as just-bash's applets want to see it. */

import type { CpOptions, FileContent, FsStat, IFileSystem, MkdirOptions, RmOptions } from "just-bash/browser";
import { FileError, type FileStat, type FileTree, resolvePath } from "../files/tree";
import { concatenate, toBytes } from "./streams";

type Encoding = Parameters<IFileSystem["readFile"]>[1];

const OUTPUTS = "/dev/applet-output-";

/** just-bash reads the errno's name out of the message. */
export class AppletFiles implements IFileSystem {
  /** Bytes written to the outputs, by path. */
  private readonly outputs = new Map<string, Uint8Array>();
  private lastOutput = 0;

  constructor(private readonly files: FileTree) {}

  /** A path outside the tree whose bytes are kept for `takeOutput`. */
  openOutput(): string {
    const path = `${OUTPUTS}${++this.lastOutput}`;
    this.outputs.set(path, new Uint8Array());
    return path;
  }

  takeOutput(path: string): Uint8Array {
    const bytes = this.outputs.get(path) ?? new Uint8Array();
    this.outputs.delete(path);
    return bytes;
  }

  async readFile(path: string, options?: Encoding): Promise<string> {
    const encoding = typeof options === "string" ? options : options?.encoding;
    const bytes = await this.readFileBuffer(path);
    return encoding === "binary" || encoding === "latin1" ? latin1(bytes) : new TextDecoder().decode(bytes);
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    if (path === "/dev/null") return new Uint8Array();
    return this.outputs.get(path) ?? this.files.readFile(path);
  }

  async writeFile(
    path: string,
    content: FileContent,
    options?: Parameters<IFileSystem["writeFile"]>[2],
  ): Promise<void> {
    if (path === "/dev/null") return;
    if (this.outputs.has(path)) this.outputs.set(path, encode(content, options));
    else this.files.writeFile(path, encode(content, options));
  }

  async appendFile(
    path: string,
    content: FileContent,
    options?: Parameters<IFileSystem["appendFile"]>[2],
  ): Promise<void> {
    const before = (await this.exists(path)) ? await this.readFileBuffer(path) : new Uint8Array();
    await this.writeFile(path, concatenate([before, encode(content, options)]));
  }

  async exists(path: string): Promise<boolean> {
    return path === "/dev/null" || this.outputs.has(path) || this.files.exists(path);
  }

  async stat(path: string): Promise<FsStat> {
    const output = this.outputs.get(path);
    if (!output) return fsStat(this.files.stat(path));
    return {
      isFile: true,
      isDirectory: false,
      isSymbolicLink: false,
      mode: 0o644,
      size: output.byteLength,
      mtime: new Date(0),
    };
  }

  async lstat(path: string): Promise<FsStat> {
    return fsStat(this.files.lstat(path));
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    this.files.makeDirectory(path, { recursive: options?.recursive ?? false });
  }

  async readdir(path: string): Promise<string[]> {
    return this.files.readDirectory(path);
  }

  async readdirWithFileTypes(path: string) {
    return this.files.readDirectory(path).map((name) => {
      const { kind } = this.files.lstat(resolvePath(path, name));
      return { name, isFile: kind === "file", isDirectory: kind === "directory", isSymbolicLink: kind === "symlink" };
    });
  }

  async rm(path: string, options: RmOptions = {}): Promise<void> {
    try {
      this.files.remove(path, { recursive: options.recursive ?? false, directory: true });
    } catch (error) {
      if (!(options.force && error instanceof FileError && error.code === "ENOENT")) throw error;
    }
  }

  async cp(from: string, to: string, options: CpOptions = {}): Promise<void> {
    const stat = this.files.lstat(from);
    if (stat.kind === "symlink") this.files.symlink(this.files.readLink(from), to);
    else if (stat.kind === "file") this.files.writeFile(to, this.files.readFile(from), { mode: stat.mode });
    else if (!options.recursive) throw new FileError("EISDIR", from);
    else {
      this.files.makeDirectory(to, { recursive: true });
      for (const name of this.files.readDirectory(from))
        await this.cp(resolvePath(from, name), resolvePath(to, name), options);
    }
  }

  async mv(from: string, to: string): Promise<void> {
    this.files.rename(from, to);
  }

  resolvePath(base: string, path: string): string {
    return resolvePath(base, path);
  }

  getAllPaths(): string[] {
    return [...this.files.entries()].map(([path]) => path);
  }

  async chmod(path: string, mode: number): Promise<void> {
    this.files.changeMode(path, mode);
  }

  async symlink(target: string, path: string): Promise<void> {
    this.files.symlink(target, path);
  }

  /** The tree has no hard links: a copy. */
  async link(existing: string, path: string): Promise<void> {
    if (this.files.exists(path)) throw new FileError("EEXIST", path);
    this.files.writeFile(path, this.files.readFile(existing));
  }

  async readlink(path: string): Promise<string> {
    return this.files.readLink(path);
  }

  async realpath(path: string): Promise<string> {
    if (this.outputs.has(path)) return path;
    this.files.stat(path);
    return this.files.realPath(path);
  }

  async utimes(path: string, _accessed: Date, modified: Date): Promise<void> {
    this.files.touch(path, modified.getTime());
  }
}

function fsStat(stat: FileStat): FsStat {
  return {
    isFile: stat.kind === "file",
    isDirectory: stat.kind === "directory",
    isSymbolicLink: stat.kind === "symlink",
    mode: stat.mode,
    size: stat.kind === "directory" ? 4096 : stat.size,
    mtime: new Date(stat.mtime),
    ino: stat.ino,
  };
}

function encode(content: FileContent, options: Parameters<IFileSystem["writeFile"]>[2]): Uint8Array {
  const encoding = typeof options === "string" ? options : options?.encoding;
  if (typeof content === "string" && (encoding === "binary" || encoding === "latin1")) {
    return Uint8Array.from(content, (character) => character.charCodeAt(0));
  }
  return toBytes(content);
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

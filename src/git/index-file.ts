/** Reads and writes `.git/index`, version 2 (Documentation/gitformat-index). Extensions are dropped, as they are optional. */

import { sha1 } from "@noble/hashes/legacy.js";
import type { FileTree } from "../files/tree";
import { comparePaths } from "./paths";

/** One tracked path at stage 0. */
export interface IndexEntry {
  /** As in a tree: 0o100644, 0o100755, 0o120000 or 0o160000. */
  readonly mode: number;
  /** 40 hex digits. */
  readonly oid: string;
  /** Milliseconds since the epoch; 0 when unknown. */
  readonly mtime: number;
  readonly ino: number;
  readonly size: number;
}

/** Paths relative to the root of the repository. */
export type Index = Map<string, IndexEntry>;

const FIXED = 62;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The entries of the index at `path`; empty when there is none. Throws for a file that is not an index. */
export function readIndex(files: FileTree, path: string): Index {
  const index: Index = new Map();
  if (!files.exists(path)) return index;
  const bytes = files.readFile(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || view.getUint32(0) !== 0x44495243) throw new Error("bad index file signature");
  const version = view.getUint32(4);
  if (version !== 2 && version !== 3) throw new Error(`bad index version ${version}`);
  let at = 12;
  for (let count = view.getUint32(8); count > 0; count--) {
    const flags = view.getUint16(at + 60);
    const extended = (flags & 0x4000) !== 0 ? 2 : 0;
    const start = at + FIXED + extended;
    const end = bytes.indexOf(0, start);
    if ((flags & 0x3000) === 0) {
      index.set(decoder.decode(bytes.subarray(start, end)), {
        mtime: view.getUint32(at + 8) * 1000 + Math.floor(view.getUint32(at + 12) / 1e6),
        ino: view.getUint32(at + 20),
        mode: view.getUint32(at + 24),
        size: view.getUint32(at + 36),
        oid: toHex(bytes.subarray(at + 40, at + 60)),
      });
    }
    at += Math.ceil((end - at + 1) / 8) * 8;
  }
  return index;
}

export function writeIndex(files: FileTree, path: string, index: Index): void {
  const entries = [...index].sort(([a], [b]) => comparePaths(a, b));
  const names = entries.map(([name]) => encoder.encode(name));
  const size = names.reduce((sum, name) => sum + Math.ceil((FIXED + name.byteLength + 1) / 8) * 8, 12);
  const bytes = new Uint8Array(size + 20);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x44495243);
  view.setUint32(4, 2);
  view.setUint32(8, entries.length);
  let at = 12;
  entries.forEach(([, entry], position) => {
    const name = names[position] ?? new Uint8Array();
    const seconds = Math.floor(entry.mtime / 1000);
    const nanoseconds = Math.floor(entry.mtime % 1000) * 1e6;
    for (const offset of [0, 8]) {
      view.setUint32(at + offset, seconds);
      view.setUint32(at + offset + 4, nanoseconds);
    }
    view.setUint32(at + 16, 1);
    view.setUint32(at + 20, entry.ino);
    view.setUint32(at + 24, entry.mode);
    view.setUint32(at + 28, 1000);
    view.setUint32(at + 32, 1000);
    view.setUint32(at + 36, entry.size);
    bytes.set(fromHex(entry.oid), at + 40);
    view.setUint16(at + 60, Math.min(name.byteLength, 0xfff));
    bytes.set(name, at + FIXED);
    at += Math.ceil((FIXED + name.byteLength + 1) / 8) * 8;
  });
  bytes.set(sha1(bytes.subarray(0, size)), size);
  files.writeFile(path, bytes);
}

export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

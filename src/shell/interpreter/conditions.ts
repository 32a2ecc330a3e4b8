/** The primaries that `test`, `[` and `[[ ]]` share. */

import { type FileStat, type FileTree, resolvePath } from "../../files/tree";
import type { Frame } from "./state";

export const UNARY = new Set("abcdefghknoprstuvwxzGLNORS".split("").map((letter) => `-${letter}`));
export const BINARY = new Set([
  "=",
  "==",
  "!=",
  "<",
  ">",
  "-eq",
  "-ne",
  "-lt",
  "-le",
  "-gt",
  "-ge",
  "-nt",
  "-ot",
  "-ef",
]);

/** An operand that must be a number and is none. */
export class NotANumber extends Error {}

export function unary(operator: string, operand: string, frame: Frame, files: FileTree): boolean {
  const { state } = frame;
  if (operator === "-n") return operand !== "";
  if (operator === "-z") return operand === "";
  if (operator === "-v") return isSet(operand, frame);
  if (operator === "-o") return state.options.has(operand);
  if (operator === "-t") return isTerminal(Number(operand), frame);
  const device = /^\/dev\/(null|tty|std(in|out|err)|fd\/\d+)$/.test(operand);
  if (device) return ["-e", "-a", "-c", "-r", "-w"].includes(operator);
  const path = resolvePath(state.cwd, operand);
  if (operand === "") return false;
  const link = operator === "-L" || operator === "-h";
  const stat = find(files, path, link);
  if (!stat) return false;
  switch (operator) {
    case "-f":
      return stat.kind === "file";
    case "-d":
      return stat.kind === "directory";
    case "-L":
    case "-h":
      return stat.kind === "symlink";
    case "-s":
      return stat.size > 0 || stat.kind === "directory";
    case "-r":
      return (stat.mode & 0o400) !== 0;
    case "-w":
      return (stat.mode & 0o200) !== 0;
    case "-x":
      return (stat.mode & 0o100) !== 0;
    case "-e":
    case "-a":
    case "-O":
    case "-G":
    case "-N":
      return true;
    default:
      return false;
  }
}

function find(files: FileTree, path: string, link: boolean): FileStat | undefined {
  if (!link) return files.exists(path) ? files.stat(path) : undefined;
  try {
    return files.lstat(path);
  } catch {
    return undefined;
  }
}

function isSet(name: string, { state }: Frame): boolean {
  const item = /^(\w+)\[(.+)\]$/.exec(name);
  const value = state.variables.get(item?.[1] ?? name);
  if (!item) return value?.kind === "string" || state.variables.text(name) !== undefined;
  if (value?.kind === "array") return value.items.has(Number(item[2]));
  return value?.kind === "associative" && value.items.has(item[2] ?? "");
}

function isTerminal(descriptor: number, { descriptors }: Frame): boolean {
  const found = descriptors.get(descriptor);
  return (found?.source ?? found?.sink)?.isTerminal ?? false;
}

/** `=` and `!=` compare texts here; `[[ ]]` matches patterns itself. */
export function binary(operator: string, left: string, right: string, frame: Frame, files: FileTree): boolean {
  switch (operator) {
    case "=":
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "-nt":
    case "-ot":
    case "-ef": {
      const [a, b] = [left, right].map((path) => find(files, resolvePath(frame.state.cwd, path), false));
      if (operator === "-ef") return a !== undefined && a.ino === b?.ino;
      const [newer, older] = operator === "-nt" ? [a, b] : [b, a];
      return newer !== undefined && (older === undefined || newer.mtime > older.mtime);
    }
    default:
      return compare(operator, integer(left), integer(right));
  }
}

function integer(text: string): bigint {
  const trimmed = text.trim();
  if (!/^[+-]?\d+$/.test(trimmed)) throw new NotANumber(text);
  return BigInt(trimmed.replace(/^\+/, ""));
}

/** By the operators `-eq`, `-lt` and so on. */
export function compare(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case "-eq":
      return left === right;
    case "-ne":
      return left !== right;
    case "-lt":
      return left < right;
    case "-le":
      return left <= right;
    case "-gt":
      return left > right;
    default:
      return left >= right;
  }
}

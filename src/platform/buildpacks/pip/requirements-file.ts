/** Reads requirements files: requirements, comments, continued lines, `-r` and `-c`. */

import type { SourceFiles } from "../../ports";
import { parseRequirement, type Requirement } from "./requirement";

export interface ListedRequirement {
  readonly requirement: Requirement;
  /** Where it stands, e.g. `-r requirements.txt (line 1)`. */
  readonly origin: string;
}

export type ParsedRequirements =
  | {
      readonly status: "parsed";
      readonly requirements: readonly ListedRequirement[];
      readonly constraints: readonly ListedRequirement[];
    }
  /** What pip prints to say why; the first line begins with `ERROR: `. */
  | { readonly status: "invalid"; readonly lines: readonly string[] };

/** Options of a requirements file that change where packages come from; there is one index here. */
const IGNORED_OPTIONS =
  /^(?:-i|--index-url|--extra-index-url|-f|--find-links|--no-index|--no-binary|--only-binary|--prefer-binary|--require-hashes|--pre|--trusted-host|--use-feature)(?:[\s=]|$)/;
const NESTED = /^(-r|--requirement|-c|--constraint)(?:[\s=]*)(\S+)$/;
const OPERATORS = ["~=", "==", "!=", "<=", ">=", "<", ">"];

class Unreadable extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

/** Reads `path` and what it names. Paths are relative to the root of `files`. */
export function readRequirements(files: SourceFiles, path: string): ParsedRequirements {
  const requirements: ListedRequirement[] = [];
  const constraints: ListedRequirement[] = [];
  try {
    read(files, path, "-r", requirements, constraints, []);
  } catch (error) {
    if (error instanceof Unreadable) return { status: "invalid", lines: error.lines };
    throw error;
  }
  return { status: "parsed", requirements, constraints };
}

function read(
  files: SourceFiles,
  path: string,
  flag: "-r" | "-c",
  requirements: ListedRequirement[],
  constraints: ListedRequirement[],
  above: readonly string[],
): void {
  const file = files.get(path);
  if (!file) {
    throw new Unreadable([`ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${path}'`]);
  }
  if (above.includes(path)) {
    const from = above.at(-1) ?? path;
    throw new Unreadable([`ERROR: ${path} recursively references itself in ${from}`]);
  }
  for (const { number, text } of logicalLines(decodeRequirements(file.data))) {
    const [, option, target] = NESTED.exec(text) ?? [];
    if (option && target) {
      const nested = option === "-c" || option === "--constraint" ? "-c" : flag;
      read(files, relative(path, target), nested, requirements, constraints, [...above, path]);
      continue;
    }
    if (IGNORED_OPTIONS.test(text)) continue;
    const origin = `${flag} ${path} (line ${number})`;
    const list = flag === "-c" ? constraints : requirements;
    list.push({ requirement: parseLine(text, `line ${number} of ${path}`), origin });
  }
}

function parseLine(text: string, where: string): Requirement {
  if (/^(?:-e|--editable)(?:[\s=]|$)/.test(text) || /^(?:[a-z+]+:\/\/|\.{0,2}\/|\.{1,2}$)/i.test(text)) {
    // The simulated build can install wheels only: it has no compiler and no network.
    throw new Unreadable([`ERROR: Cannot build '${text}': this simulated build only installs wheels from its index`]);
  }
  if (text.startsWith("-")) {
    const option = text.split(/[\s=]/)[0] ?? text;
    throw new Unreadable([`ERROR: Invalid requirement: ${text}`, `pip: error: no such option: ${option}`]);
  }
  const specification = text.replace(/\s+--(?:hash|config-settings|global-option)[\s=].*$/, "");
  const parsed = parseRequirement(specification);
  if (parsed.status === "parsed") {
    if (parsed.requirement.url === undefined) return parsed.requirement;
    throw new Unreadable([`ERROR: Cannot build '${text}': this simulated build only installs wheels from its index`]);
  }
  const [reason = "", ...shown] = parsed.lines;
  const lines = [`ERROR: Invalid requirement: ${quote(specification)}: ${reason}`, ...shown];
  lines.push(`${lines.pop() ?? ""} (from ${where})`);
  if (specification.includes("/")) {
    lines.push(`Hint: It looks like a path. File '${specification}' does not exist.`);
  } else if (specification.includes("=") && !OPERATORS.some((operator) => specification.includes(operator))) {
    lines.push("Hint: = is not a valid operator. Did you mean == ?");
  }
  throw new Unreadable(lines);
}

/** By its byte order mark, as pip does; PowerShell's `>` writes UTF-16. */
export function decodeRequirements(data: Uint8Array): string {
  const [first, second] = data;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(data);
}

/** Joins continued lines and drops comments; a joined line counts by its first number. */
function* logicalLines(text: string): Generator<{ readonly number: number; readonly text: string }> {
  let pending: { readonly number: number; readonly text: string } | undefined;
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, raw] of lines.entries()) {
    const number = pending?.number ?? index + 1;
    const joined = (pending?.text ?? "") + (pending && /^\s*#/.test(raw) ? "" : raw);
    if (joined.endsWith("\\") && index < lines.length - 1 && !/^\s*#/.test(raw)) {
      pending = { number, text: joined.slice(0, -1) };
      continue;
    }
    pending = undefined;
    const bare = joined.replace(/(?:^|\s+)#.*$/, "").trim();
    if (bare !== "") yield { number, text: bare };
  }
}

function relative(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/** As Python's repr prints a string. */
function quote(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

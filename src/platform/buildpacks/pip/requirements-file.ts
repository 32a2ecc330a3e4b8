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
const REQUIREMENT_OPTIONS = ["--hash", "--config-settings", "--global-option"];
const OPERATORS = ["~=", "==", "!=", "<=", ">=", "<", ">"];
/** Where the build happens; the real platform makes the last part up for each build. */
const BUILD_DIRECTORY = "/tmp/build_4f1d2c9e";

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
  // pip names the file of its command line as it was given, the files which that one names by their whole path.
  const shown = above.length === 0 ? path : `${BUILD_DIRECTORY}/${path}`;
  const file = files.get(path);
  if (!file) {
    const kind = flag === "-r" ? "requirements" : "constraint";
    throw new Unreadable([`ERROR: Could not open ${kind} file: [Errno 2] No such file or directory: '${shown}'`]);
  }
  if (above.includes(path)) {
    throw new Unreadable([`ERROR: ${shown} recursively references itself in ${BUILD_DIRECTORY}/${above.at(-1)}`]);
  }
  for (const { number, text } of logicalLines(decodeRequirements(file.data))) {
    const [, option, target] = NESTED.exec(text) ?? [];
    if (option && target) {
      const nested = option === "-c" || option === "--constraint" ? "-c" : flag;
      read(files, relative(path, target), nested, requirements, constraints, [...above, path]);
      continue;
    }
    if (IGNORED_OPTIONS.test(text)) continue;
    const list = flag === "-c" ? constraints : requirements;
    list.push({
      requirement: parseLine(files, text, shown, number),
      origin: `${flag} ${shown} (line ${number})`,
    });
  }
}

function parseLine(files: SourceFiles, text: string, shown: string, number: number): Requirement {
  const editable = /^(?:-e|--editable)[\s=]*(.*)$/.exec(text)?.[1];
  if (editable !== undefined) throw new Unreadable(cannotEdit(files, editable, `-r ${shown} (line ${number})`));
  const words = text.split(" ");
  const cut = words.findIndex((word) => word.startsWith("-"));
  const specification = (cut < 0 ? words : words.slice(0, cut)).join(" ").trim();
  const option = (words[cut] ?? "").split("=")[0] ?? "";
  if (cut >= 0 && (cut === 0 || !REQUIREMENT_OPTIONS.includes(option))) {
    const usage = ["Usage: pip [options]", "", `ERROR: Invalid requirement: ${text}`];
    throw new Unreadable([...usage, `pip: error: no such option: ${option}`, ""]);
  }
  if (/^[a-z][a-z+.-]*:\/\//i.test(specification)) throw new Unreadable(cannotBuild(specification));
  if (isDirectory(files, specification)) {
    if (isProject(files, specification)) throw new Unreadable(cannotBuild(specification));
    const reason = "is not installable. Neither 'setup.py' nor 'pyproject.toml' found.";
    throw new Unreadable([`ERROR: Directory ${quote(specification)} ${reason}`]);
  }

  const parsed = parseRequirement(specification);
  if (parsed.status === "parsed") {
    if (parsed.requirement.url === undefined) return parsed.requirement;
    throw new Unreadable(cannotBuild(specification));
  }
  const [reason = "", ...source] = parsed.lines;
  const lines = [`ERROR: Invalid requirement: ${quote(parsed.source)}: ${reason}`, ...source];
  if (parsed.part === "marker") throw new Unreadable(lines);
  lines.push(`${lines.pop() ?? ""} (from line ${number} of ${shown})`);
  if (specification.includes("/")) lines.push(`Hint: It looks like a path. File '${specification}' does not exist.`);
  else if (specification.includes("=") && !OPERATORS.some((operator) => specification.includes(operator))) {
    lines.push("Hint: = is not a valid operator. Did you mean == ?");
  }
  throw new Unreadable(lines);
}

function cannotEdit(files: SourceFiles, target: string, origin: string): readonly string[] {
  if (target.includes("://")) return cannotBuild(target);
  if (!isDirectory(files, target)) {
    return [
      `ERROR: ${target} is not a valid editable requirement. It should either be a path to a local project or a VCS URL (beginning with bzr+http, bzr+https, bzr+ssh, bzr+sftp, bzr+ftp, bzr+lp, bzr+file, git+http, git+https, git+ssh, git+git, git+file, hg+file, hg+http, hg+https, hg+ssh, hg+static-http, svn+ssh, svn+http, svn+https, svn+svn, svn+file).`,
    ];
  }
  if (isProject(files, target)) return cannotBuild(target);
  const name = `file://${[BUILD_DIRECTORY, relative("", target)].filter(Boolean).join("/")} (from ${origin})`;
  const reason = "does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found.";
  return [`Obtaining ${name}`, `ERROR: ${name} ${reason}`];
}

/** No words of pip's: the simulated build has no compiler and no network, and says so. */
function cannotBuild(target: string): readonly string[] {
  return [`ERROR: Cannot install '${target}': this simulation of pip only installs wheels from its index`];
}

function isDirectory(files: SourceFiles, path: string): boolean {
  if (!path.startsWith(".") && !path.includes("/")) return false;
  const inside = relative("", path);
  return inside === "" || [...files.keys()].some((name) => name.startsWith(`${inside}/`));
}

function isProject(files: SourceFiles, path: string): boolean {
  const inside = relative("", path);
  const prefix = inside === "" ? "" : `${inside}/`;
  return files.has(`${prefix}setup.py`) || files.has(`${prefix}pyproject.toml`);
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

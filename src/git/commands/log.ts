import { compareFiles, findRenames } from "../changes";
import { commitFormat } from "../commit-format";
import { Fatal } from "../failures";
import { formatDate } from "../identity";
import { type GitCommand, type Invocation, type Repository, shortRef } from "../invocation";
import type { Commit } from "../objects";
import { type Options, parseOptions } from "../options";
import { patch } from "../patch";
import { type Pathspec, pathspecs } from "../pathspec";
import { listRefs } from "../refs";
import { ambiguous, findCommit } from "../revision";
import { fileStats, shortStat, statHistogram, storedContent } from "../summary";
import { reachable } from "../upstream";

const USAGE = "usage: git log [<options>] [<revision-range>] [[--] <path>...]\n";

const SPEC = {
  oneline: {},
  "max-count": { short: "n", value: "required" },
  all: {},
  graph: {},
  decorate: { value: "optional" },
  "no-decorate": {},
  patch: { short: "p" },
  stat: {},
  shortstat: {},
  "name-only": {},
  "name-status": {},
  pretty: { value: "optional" },
  format: { value: "required" },
  "abbrev-commit": {},
  reverse: {},
  author: { value: "required" },
  grep: { value: "required" },
  follow: {},
} as const;

/** `git log [--oneline] [-<n>] [--all] [--stat] [-p] [--format=…] [<range>] [-- <path>…]` */
export const log: GitCommand = async (run) => {
  const options = parseOptions(run.args, SPEC, USAGE, "max-count");
  const repository = run.repository();
  const { include, exclude, paths } = await range(run, repository, options);
  const limit = options.has("max-count") ? Number(options.value("max-count")) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(limit)) throw new Fatal(`'${options.value("max-count")}': not an integer`);
  const hidden = await reachable(repository, exclude);
  const specs = pathspecs(repository, run.cwd, paths);
  let commits = await history(repository, include, hidden, specs, limit, (made) => selected(made, options));
  if (options.has("reverse")) commits = commits.reverse();
  const colour = run.colours("stdout");
  const decorated =
    options.value("decorate") === "no" || options.has("no-decorate")
      ? false
      : options.has("decorate") || run.context.stdout.isTerminal;
  const names = decorated ? decorations(repository) : new Map<string, string[]>();
  const format = options.value("format") ?? (options.has("pretty") ? options.value("pretty") : undefined);
  const oneline = options.has("oneline") || format === "oneline";
  const graph = options.has("graph");
  let first = true;
  for (const made of commits) {
    let text: string;
    const details = await detailsOf(repository, made, options, specs, colour);
    if (oneline) text = oneLine(made, names, colour, options.has("oneline")) + details;
    else if (format !== undefined && !["medium", "short", "full"].includes(format)) {
      text = `${commitFormat(format, made, names.get(made.oid) ?? [], run.context.now())}\n${details}`;
    } else {
      text = `${first ? "" : "\n"}${mediumHeader(made, names, colour)}${indent(made.message)}${details === "" ? "" : `\n${details}`}`;
    }
    await run.out(graph ? withGraph(text) : text);
    first = false;
  }
  return 0;
};

/** A straight history has a straight graph; merges are shown on the same line. */
function withGraph(text: string): string {
  const lines = text.split("\n").slice(0, -1);
  const start = lines.findIndex((line) => line !== "");
  return lines.map((line, i) => (i === start ? `* ${line}\n` : `| ${line}\n`)).join("");
}

function selected(made: Commit, options: Options<keyof typeof SPEC>): boolean {
  const author = options.value("author");
  if (author !== undefined && !new RegExp(author).test(`${made.author.name} <${made.author.email}>`)) return false;
  const words = options.value("grep");
  return words === undefined || new RegExp(words).test(made.message);
}

async function range(
  run: Invocation,
  repository: Repository,
  options: Options<keyof typeof SPEC>,
): Promise<{ include: string[]; exclude: string[]; paths: string[] }> {
  const include: string[] = [];
  const exclude: string[] = [];
  const paths: string[] = [];
  for (const [position, argument] of options.rest.entries()) {
    if (options.dashes !== undefined && position >= options.dashes) {
      paths.push(argument);
      continue;
    }
    const dots = /^(.*?)\.\.(.*)$/.exec(argument);
    const from = dots ? await findCommit(repository, dots[1] || "HEAD") : undefined;
    const to = dots ? await findCommit(repository, dots[2] || "HEAD") : undefined;
    const single = dots ? undefined : await findCommit(repository, argument.replace(/^\^/, ""));
    if (from && to) {
      exclude.push(from);
      include.push(to);
    } else if (single) (argument.startsWith("^") ? exclude : include).push(single);
    else if (paths.length > 0 || repository.files.exists(`${run.cwd}/${argument}`)) paths.push(argument);
    else if (repository.headOid() === undefined && argument !== "HEAD") throw ambiguous(argument);
    else throw ambiguous(argument);
  }
  if (options.has("all")) include.push(...listRefs(repository.files, repository.gitdir, "refs/").map(([, oid]) => oid));
  if (include.length === 0) {
    const oid = repository.headOid();
    const head = repository.head();
    if (oid === undefined && !options.has("all")) {
      const name = head.kind === "branch" ? shortRef(head.ref) : "HEAD";
      throw new Fatal(`your current branch '${name}' does not have any commits yet`);
    }
    if (oid) include.push(oid);
  }
  return { include, exclude, paths };
}

/** Newest first, as Git walks: by committer date, parents after children. */
async function history(
  repository: Repository,
  tips: readonly string[],
  hidden: ReadonlySet<string>,
  specs: readonly Pathspec[],
  limit: number,
  wanted: (made: Commit) => boolean,
): Promise<Commit[]> {
  const seen = new Set<string>(hidden);
  const queue: Commit[] = [];
  const enter = async (oid: string): Promise<void> => {
    if (seen.has(oid)) return;
    seen.add(oid);
    const made = await repository.objects.commit(oid);
    const at = queue.findIndex((other) => other.committer.timestamp < made.committer.timestamp);
    queue.splice(at < 0 ? queue.length : at, 0, made);
  };
  for (const tip of tips) await enter(tip);
  const found: Commit[] = [];
  for (let next = queue.shift(); next && found.length < limit; next = queue.shift()) {
    if (wanted(next) && (specs.length === 0 || (await touches(repository, next, specs)))) found.push(next);
    for (const parent of next.parents) await enter(parent);
  }
  return found;
}

async function touches(repository: Repository, made: Commit, specs: readonly Pathspec[]): Promise<boolean> {
  const changes = compareFiles(await repository.objects.tree(made.parents[0]), await repository.objects.tree(made.oid));
  return changes.some((change) => specs.some((spec) => spec.matches(change.path)));
}

async function detailsOf(
  repository: Repository,
  made: Commit,
  options: Options<keyof typeof SPEC>,
  specs: readonly Pathspec[],
  colour: boolean,
): Promise<string> {
  const kinds = ["patch", "stat", "shortstat", "name-only", "name-status"] as const;
  if (!kinds.some((kind) => options.has(kind)) || made.parents.length > 1) return "";
  const read = storedContent(repository.objects);
  const changes = (
    await findRenames(
      compareFiles(await repository.objects.tree(made.parents[0]), await repository.objects.tree(made.oid)),
      (oid) => repository.objects.blob(oid),
    )
  ).filter((change) => specs.length === 0 || specs.some((spec) => spec.matches(change.path)));
  let text = "";
  if (options.has("stat")) text += statHistogram(await fileStats(changes, read));
  else if (options.has("shortstat")) text += shortStat(await fileStats(changes, read));
  if (options.has("name-only")) text += changes.map(({ path }) => `${path}\n`).join("");
  if (options.has("name-status")) text += nameStatus(changes);
  if (options.has("patch")) text += (text === "" ? "" : "\n") + (await patch(changes, read, { colour }));
  return text;
}

function nameStatus(changes: Awaited<ReturnType<typeof findRenames>>): string {
  const letters = { added: "A", deleted: "D", modified: "M", typechange: "T" } as const;
  return changes
    .map((change) =>
      change.kind === "renamed"
        ? `R${String(change.similarity).padStart(3, "0")}\t${change.from}\t${change.path}\n`
        : `${letters[change.kind]}\t${change.path}\n`,
    )
    .join("");
}

/** The names that point to each commit, as `git log --decorate` groups them. */
export function decorations(repository: Repository): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const add = (oid: string, name: string): void => {
    names.set(oid, [...(names.get(oid) ?? []), name]);
  };
  const head = repository.head();
  const headOid = repository.headOid();
  if (headOid) add(headOid, head.kind === "branch" ? `HEAD -> ${shortRef(head.ref)}` : "HEAD");
  for (const [ref, oid] of listRefs(repository.files, repository.gitdir, "refs/tags/"))
    add(oid, `tag: ${shortRef(ref)}`);
  for (const prefix of ["refs/remotes/", "refs/heads/"]) {
    for (const [ref, oid] of listRefs(repository.files, repository.gitdir, prefix)) {
      if (head.kind === "branch" && ref === head.ref) continue;
      add(oid, shortRef(ref));
    }
  }
  return names;
}

export function decorationText(names: readonly string[] | undefined, colour: boolean): string {
  if (!names || names.length === 0) return "";
  if (!colour) return ` (${names.join(", ")})`;
  const paint = (code: string, text: string): string => `\x1b[${code}m${text}\x1b[m`;
  const painted = names.map((name) => {
    const head = /^HEAD -> (.*)$/.exec(name);
    if (head) return `${paint("1;36", "HEAD")}${paint("33", " -> ")}${paint("1;32", head[1] ?? "")}`;
    if (name === "HEAD") return paint("1;36", name);
    if (name.startsWith("tag: ")) return paint("1;33", name);
    return paint(name.includes("/") ? "1;31" : "1;32", name);
  });
  return `${paint("33", " (")}${painted.join(paint("33", ", "))}${paint("33", ")")}`;
}

function oneLine(made: Commit, names: ReadonlyMap<string, string[]>, colour: boolean, abbreviated: boolean): string {
  const oid = abbreviated ? made.oid.slice(0, 7) : made.oid;
  const id = colour ? `\x1b[33m${oid}\x1b[m` : oid;
  return `${id}${decorationText(names.get(made.oid), colour)} ${subject(made)}\n`;
}

export function subject(made: Commit): string {
  return (made.message.split(/\n\s*\n/)[0] ?? "").replaceAll("\n", " ").trim();
}

/** `commit …`, `Author: …`, `Date: …` and an empty line. */
export function mediumHeader(made: Commit, names: ReadonlyMap<string, string[]>, colour: boolean): string {
  const line = colour ? `\x1b[33mcommit ${made.oid}\x1b[m` : `commit ${made.oid}`;
  const merge = made.parents.length > 1 ? `Merge: ${made.parents.map((oid) => oid.slice(0, 7)).join(" ")}\n` : "";
  const author = `Author: ${made.author.name} <${made.author.email}>\nDate:   ${formatDate(made.author)}\n`;
  return `${line}${decorationText(names.get(made.oid), colour)}\n${merge}${author}\n`;
}

export function indent(message: string): string {
  return message
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`.replace(/^ {4}$/, "    "))
    .map((line) => `${line}\n`)
    .join("");
}

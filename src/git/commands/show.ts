import { compareFiles, findRenames } from "../changes";
import { commitFormat } from "../commit-format";
import { formatDate } from "../identity";
import type { GitCommand, Invocation, Repository } from "../invocation";
import { parseOptions } from "../options";
import { patch } from "../patch";
import { ambiguous, findRevision } from "../revision";
import { fileStats, statHistogram, storedContent } from "../summary";
import { decorations, decorationText, indent, mediumHeader, subject } from "./log";

const SPEC = {
  stat: {},
  "name-only": {},
  oneline: {},
  "no-patch": { short: "s" },
  format: { value: "required" },
  pretty: { value: "optional" },
  patch: { short: "p" },
} as const;

/** `git show [--stat | --name-only | -s] [<object>…]` */
export const show: GitCommand = async (run) => {
  const options = parseOptions(run.args, SPEC, "usage: git show [<options>] [<object>...]\n");
  const repository = run.repository();
  const names = options.rest.length > 0 ? options.rest : ["HEAD"];
  let first = true;
  for (const name of names) {
    const oid = await findRevision(repository, name);
    if (oid === undefined) throw ambiguous(name);
    if (!first) await run.out("\n");
    await showObject(run, repository, name, oid, options);
    first = false;
  }
  return 0;
};

type ShowOptions = ReturnType<typeof parseOptions<keyof typeof SPEC>>;

async function showObject(
  run: Invocation,
  repository: Repository,
  name: string,
  oid: string,
  options: ShowOptions,
): Promise<void> {
  const { objects } = repository;
  const type = await objects.type(oid);
  if (type === "blob") {
    await run.out(new TextDecoder().decode(await objects.blob(oid)));
    return;
  }
  if (type === "tree") {
    const entries = await objects.treeEntries(oid);
    await run.out(`tree ${name}\n\n${entries.map((entry) => `${entry.path}${entry.folder ? "/" : ""}\n`).join("")}`);
    return;
  }
  if (type === "tag") {
    const tag = await objects.tag(oid);
    await run.out(
      `tag ${tag.name}\nTagger: ${tag.tagger.name} <${tag.tagger.email}>\nDate:   ${formatDate(tag.tagger)}\n\n${tag.message}\n`,
    );
    await showObject(run, repository, name, tag.object, options);
    return;
  }
  const made = await objects.commit(oid);
  const colour = run.colours("stdout");
  const decorated = run.context.stdout.isTerminal ? decorations(repository) : new Map<string, string[]>();
  const format = options.value("format") ?? (options.has("pretty") ? options.value("pretty") : undefined);
  const read = storedContent(objects);
  const changes = await findRenames(
    compareFiles(await objects.tree(made.parents[0]), await objects.tree(oid)),
    (blob) => objects.blob(blob),
  );
  let header: string;
  if (options.has("oneline") || format === "oneline") {
    header = `${oid.slice(0, 7)}${decorationText(decorated.get(oid), colour)} ${subject(made)}\n`;
  } else if (format !== undefined && format !== "medium") {
    header = `${commitFormat(format, made, decorated.get(oid) ?? [], run.context.now())}\n`;
  } else header = mediumHeader(made, decorated, colour) + indent(made.message);
  await run.out(header);
  if (options.has("no-patch") || made.parents.length > 1) return;
  const gap = options.has("oneline") ? "" : "\n";
  if (options.has("stat")) await run.out(gap + statHistogram(await fileStats(changes, read)));
  else if (options.has("name-only")) await run.out(gap + changes.map(({ path }) => `${path}\n`).join(""));
  else if (changes.length > 0) await run.out(gap + (await patch(changes, read, { colour })));
}

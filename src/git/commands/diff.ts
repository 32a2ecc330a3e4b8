import { type Change, compareFiles, findRenames } from "../changes";
import type { GitCommand, Repository } from "../invocation";
import { parseOptions } from "../options";
import { patch } from "../patch";
import { pathspecs } from "../pathspec";
import { ambiguous, findCommit } from "../revision";
import { fileStats, type ReadContent, shortStat, statHistogram, storedContent } from "../summary";
import { worktreeContent } from "../worktree";

/** `git diff [--staged] [--stat | --shortstat | --name-only | --name-status] [<commit> [<commit>]] [--] [<path>…]` */
export const diff: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      staged: {},
      cached: {},
      stat: {},
      shortstat: {},
      "name-only": {},
      "name-status": {},
      quiet: {},
      "exit-code": {},
      unified: { short: "U", value: "required" },
      color: { value: "optional" },
      "no-color": {},
      patch: { short: "p" },
      "find-renames": { short: "M", value: "optional" },
    },
    "usage: git diff [<options>] [<commit>] [--] [<path>...]\n",
  );
  const repository = run.repository();
  const staged = options.has("staged") || options.has("cached");
  const commits: string[] = [];
  const paths: string[] = [];
  for (const [position, argument] of options.rest.entries()) {
    const after = options.dashes !== undefined && position >= options.dashes;
    const range = after ? null : /^(.*?)\.\.\.?(.*)$/.exec(argument);
    const ends = range ? [range[1] || "HEAD", range[2] || "HEAD"] : [argument];
    const oids = after || paths.length > 0 ? [] : await Promise.all(ends.map((name) => findCommit(repository, name)));
    const found = oids.flatMap((oid) => (oid === undefined ? [] : [oid]));
    if (found.length > 0 && found.length === ends.length) commits.push(...found);
    else if (after || repository.files.exists(`${run.cwd}/${argument}`)) paths.push(argument);
    else throw ambiguous(argument);
  }
  const { changes, read } = await compared(repository, commits, staged);
  const specs = pathspecs(repository, run.cwd, paths);
  const wanted = changes.filter((change) => specs.length === 0 || specs.some((spec) => spec.matches(change.path)));
  const colour = options.has("no-color") ? false : options.has("color") || run.colours("stdout");
  const context = Number(options.value("unified") ?? 3);
  const code = options.has("exit-code") || options.has("quiet") ? Number(wanted.length > 0) : 0;
  if (options.has("quiet")) return code;
  const letters = { added: "A", deleted: "D", modified: "M", typechange: "T", renamed: "R" } as const;
  if (options.has("name-only")) await run.out(wanted.map(({ path }) => `${path}\n`).join(""));
  else if (options.has("name-status")) {
    await run.out(
      wanted
        .map((change) =>
          change.kind === "renamed"
            ? `R${String(change.similarity).padStart(3, "0")}\t${change.from}\t${change.path}\n`
            : `${letters[change.kind]}\t${change.path}\n`,
        )
        .join(""),
    );
  } else if (options.has("stat")) await run.out(statHistogram(await fileStats(wanted, read)));
  else if (options.has("shortstat")) await run.out(shortStat(await fileStats(wanted, read)));
  else await run.out(await patch(wanted, read, { colour, context }));
  return code;
};

async function compared(
  repository: Repository,
  commits: readonly string[],
  staged: boolean,
): Promise<{ readonly changes: readonly Change[]; readonly read: ReadContent }> {
  const stored = storedContent(repository.objects);
  const blob = (oid: string): Promise<Uint8Array> => repository.objects.blob(oid);
  const index = repository.readIndex();
  const [first, second] = commits;
  if (first !== undefined && second !== undefined) {
    const [from, to] = [await repository.objects.tree(first), await repository.objects.tree(second)];
    return { changes: await findRenames(compareFiles(from, to), blob), read: stored };
  }
  if (staged) {
    const from = await repository.objects.tree(first ?? repository.headOid());
    return { changes: await findRenames(compareFiles(from, index), blob), read: stored };
  }
  const { tracked } = await repository.worktree(index);
  const from = first === undefined ? index : await repository.objects.tree(first);
  const read: ReadContent = async (file, side, path) =>
    side === "after" ? worktreeContent(repository.files, repository.absolute(path)) : stored(file, side, path);
  return { changes: compareFiles(from, tracked), read };
}

import { removeFile, writeFile } from "../checkout-tree";
import { CommandError, Fatal } from "../failures";
import type { GitCommand, Invocation } from "../invocation";
import { parseOptions } from "../options";
import { pathspecs } from "../pathspec";
import { findCommit } from "../revision";

/** `git restore [--source=<commit>] [--staged] [--worktree] <path>…` */
export const restore: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      source: { short: "s", value: "required" },
      staged: { short: "S" },
      worktree: { short: "W" },
      quiet: { short: "q" },
    },
    "usage: git restore [<options>] [--source=<branch>] <file>...\n",
  );
  const repository = run.repository();
  if (options.rest.length === 0) throw new Fatal("you must specify path(s) to restore");
  const named = options.value("source");
  const staged = options.has("staged");
  const source = named !== undefined ? await findCommit(repository, named) : staged ? repository.headOid() : undefined;
  if (named !== undefined && source === undefined) throw new Fatal(`could not resolve ${named}`);
  if (staged && source === undefined) throw new Fatal("could not resolve HEAD");
  await restorePaths(run, options.rest, { source, staged, worktree: options.has("worktree") || !staged });
  return 0;
};

/**
 * Puts paths back as they are in a commit, or in the index when there is no source.
 * Resolves with how many were written; throws when a path is not known there.
 */
export async function restorePaths(
  run: Invocation,
  texts: readonly string[],
  what: { readonly source: string | undefined; readonly staged: boolean; readonly worktree: boolean },
): Promise<number> {
  const repository = run.repository();
  const index = repository.readIndex();
  const source = what.source === undefined ? index : await repository.objects.tree(what.source);
  const specs = pathspecs(repository, run.cwd, texts);
  const known = new Set([...source.keys(), ...(what.source === undefined ? [] : index.keys())]);
  for (const spec of specs) {
    if (![...known].some((path) => spec.matches(path))) {
      throw new CommandError(`pathspec '${spec.text}' did not match any file(s) known to git`);
    }
  }
  const present = await repository.worktree(index);
  let count = 0;
  for (const path of known) {
    if (!specs.some((spec) => spec.matches(path))) continue;
    const file = source.get(path);
    const now = present.tracked.get(path);
    if (!file) {
      if (what.staged) index.delete(path);
      if (what.worktree && what.source !== undefined) removeFile(repository, path);
      continue;
    }
    const same = now?.oid === file.oid && now.mode === file.mode;
    if (what.worktree && (!same || run.name === "restore")) {
      if (!same) count++;
      const target = what.staged ? index : new Map();
      if (!same) await writeFile(repository, target, path, file);
      const written = target.get(path);
      if (written && index.has(path) && index.get(path)?.oid === written.oid) index.set(path, written);
    }
    if (what.staged && index.get(path)?.oid !== file.oid) {
      index.set(path, same && now ? now : { ...file, mtime: 0, ino: 0, size: 0 });
    } else if (what.staged && index.get(path)?.mode !== file.mode)
      index.set(path, { ...file, mtime: 0, ino: 0, size: 0 });
  }
  repository.writeIndex(index);
  return count;
}

import type { GitCommand } from "../invocation";
import { parseOptions } from "../options";
import { quotePath, relativePath } from "../paths";
import { pathspecs } from "../pathspec";

/** `git ls-files [-s] [-o [--exclude-standard]] [-m] [-d] [<path>…]` */
export const lsFiles: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      cached: { short: "c" },
      stage: { short: "s" },
      others: { short: "o" },
      modified: { short: "m" },
      deleted: { short: "d" },
      "exclude-standard": {},
    },
    "usage: git ls-files [<options>] [<file>...]\n",
  );
  const repository = run.repository();
  const index = repository.readIndex();
  const specs = pathspecs(repository, run.cwd, options.rest.length > 0 ? options.rest : ["."]);
  const wanted = (path: string): boolean => specs.some((spec) => spec.matches(path));
  const name = (path: string): string => quotePath(relativePath(path, repository.prefix));
  const lines: string[] = [];
  const worktree = await repository.worktree(index);
  if (options.has("others")) for (const path of worktree.untracked.keys()) if (wanted(path)) lines.push(name(path));
  const other = options.has("others") || options.has("modified") || options.has("deleted");
  if (options.has("cached") || options.has("stage") || !other) {
    for (const [path, entry] of index) {
      if (!wanted(path)) continue;
      lines.push(options.has("stage") ? `${entry.mode.toString(8)} ${entry.oid} 0\t${name(path)}` : name(path));
    }
  }
  for (const [path, entry] of index) {
    if (!wanted(path)) continue;
    const now = worktree.tracked.get(path);
    if (options.has("deleted") && !now) lines.push(name(path));
    if (options.has("modified") && (now?.oid !== entry.oid || now.mode !== entry.mode)) lines.push(name(path));
  }
  await run.out(lines.map((line) => `${line}\n`).join(""));
  return 0;
};

import { removeFile } from "../checkout-tree";
import { Failure, Fatal } from "../failures";
import type { GitCommand } from "../invocation";
import { parseOptions } from "../options";
import { pathspecs } from "../pathspec";

/** `git rm [--cached] [-f] [-r] [-q] <path>…` */
export const rm: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    { cached: {}, force: { short: "f" }, recursive: { short: "r" }, quiet: { short: "q" }, "dry-run": { short: "n" } },
    "usage: git rm [-f | --force] [-n] [-r] [--cached] [--quiet] [--] [<pathspec>...]\n",
  );
  const repository = run.repository();
  if (options.rest.length === 0) throw new Fatal("No pathspec was given. Which files should I remove?");
  const index = repository.readIndex();
  const specs = pathspecs(repository, run.cwd, options.rest);
  const chosen = new Set<string>();
  for (const spec of specs) {
    const found = [...index.keys()].filter((path) => spec.matches(path));
    if (found.length === 0) throw new Fatal(`pathspec '${spec.text}' did not match any files`);
    const wildcard = /[*?[]/.test(spec.path);
    if (!options.has("recursive") && !wildcard && found.some((path) => path !== spec.path)) {
      throw new Fatal(`not removing '${spec.text}' recursively without -r`);
    }
    for (const path of found) chosen.add(path);
  }
  const paths = [...index.keys()].filter((path) => chosen.has(path));
  if (!options.has("force")) {
    const head = await repository.headFiles();
    const worktree = await repository.worktree(index);
    const both: string[] = [];
    const staged: string[] = [];
    const local: string[] = [];
    for (const path of paths) {
      const [entry, old, now] = [index.get(path), head.get(path), worktree.tracked.get(path)];
      if (!entry || !now) continue;
      const changed = now.oid !== entry.oid || now.mode !== entry.mode;
      const added = entry.oid !== old?.oid || entry.mode !== old?.mode;
      if (changed && added) both.push(path);
      else if (!options.has("cached") && added) staged.push(path);
      else if (!options.has("cached") && changed) local.push(path);
    }
    const text =
      complaint(both, "staged content different from both the\nfile and the HEAD", "use -f to force removal") +
      complaint(staged, "changes staged in the index", "use --cached to keep the file, or -f to force removal") +
      complaint(local, "local modifications", "use --cached to keep the file, or -f to force removal");
    if (text !== "") throw new Failure(text, 1);
  }
  for (const path of paths) {
    if (!options.has("quiet")) await run.out(`rm '${path}'\n`);
    if (options.has("dry-run")) continue;
    index.delete(path);
    if (!options.has("cached")) removeFile(repository, path);
  }
  if (!options.has("dry-run")) repository.writeIndex(index);
  return 0;
};

function complaint(paths: readonly string[], what: string, remedy: string): string {
  if (paths.length === 0) return "";
  const [subject, verb] = paths.length === 1 ? ["file has", "the following"] : ["files have", "the following"];
  return `error: ${verb} ${subject} ${what}:\n${paths.map((path) => `    ${path}\n`).join("")}(${remedy})\n`;
}

import { compareFiles } from "../changes";
import { checkoutTree } from "../checkout-tree";
import { Fatal } from "../failures";
import type { IndexEntry } from "../index-file";
import type { GitCommand, Repository } from "../invocation";
import type { TreeFiles } from "../objects";
import { parseOptions } from "../options";
import { pathspecs } from "../pathspec";
import { writeHead, writeRef } from "../refs";
import { ambiguous, findCommit } from "../revision";
import { subject } from "./log";

/** `git reset [--soft | --mixed | --hard] [<commit>]`, `git reset [<commit>] [--] <path>…` */
export const reset: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    { soft: {}, mixed: {}, hard: {}, quiet: { short: "q" } },
    "usage: git reset [--mixed | --soft | --hard] [-q] [<commit>]\n   or: git reset [-q] [<tree-ish>] [--] <pathspec>...\n",
  );
  const repository = run.repository();
  const { rest, dashes } = options;
  const [first] = rest;
  const revision = first !== undefined && dashes !== 0 ? await findCommit(repository, first) : undefined;
  const paths = revision === undefined ? rest : rest.slice(1);
  const quiet = options.has("quiet");
  if (revision === undefined && first !== undefined && dashes === undefined) {
    const known = [...repository.readIndex().keys(), ...(await repository.headFiles()).keys()];
    const specs = pathspecs(repository, run.cwd, paths);
    for (const spec of specs) if (!known.some((path) => spec.matches(path))) throw ambiguous(spec.text);
  }
  const target = revision ?? repository.headOid();
  const files = await repository.objects.tree(target);
  if (paths.length > 0) {
    if (options.has("hard")) throw new Fatal("Cannot do hard reset with paths.");
    if (options.has("soft")) throw new Fatal("Cannot do soft reset with paths.");
    const specs = pathspecs(repository, run.cwd, paths);
    await resetIndex(repository, files, (path) => specs.some((spec) => spec.matches(path)));
    if (!quiet) await run.out(await unstagedText(repository));
    return 0;
  }
  if (options.has("hard")) {
    const before = await repository.headFiles();
    await checkoutTree(repository, before, files, { force: true });
  } else if (!options.has("soft")) await resetIndex(repository, files, () => true);
  if (target !== undefined) {
    const head = repository.head();
    if (head.kind === "branch") writeRef(repository.files, repository.gitdir, head.ref, target);
    else writeHead(repository.files, repository.gitdir, { kind: "detached", oid: target });
  }
  if (options.has("soft") || quiet) return 0;
  if (options.has("hard")) {
    if (target)
      await run.out(`HEAD is now at ${target.slice(0, 7)} ${subject(await repository.objects.commit(target))}\n`);
  } else await run.out(await unstagedText(repository));
  return 0;
};

async function resetIndex(repository: Repository, files: TreeFiles, wanted: (path: string) => boolean): Promise<void> {
  const index = repository.readIndex();
  const unknown: Omit<IndexEntry, "oid" | "mode"> = { mtime: 0, ino: 0, size: 0 };
  for (const path of [...index.keys()]) if (wanted(path) && !files.has(path)) index.delete(path);
  for (const [path, file] of files) {
    const old = index.get(path);
    if (wanted(path) && (old?.oid !== file.oid || old.mode !== file.mode)) index.set(path, { ...file, ...unknown });
  }
  repository.writeIndex(index);
}

async function unstagedText(repository: Repository): Promise<string> {
  const index = repository.readIndex();
  const changes = compareFiles(index, (await repository.worktree(index)).tracked);
  if (changes.length === 0) return "";
  const letters = { added: "A", deleted: "D", modified: "M", typechange: "T", renamed: "R" } as const;
  return `Unstaged changes after reset:\n${changes.map((change) => `${letters[change.kind]}\t${change.path}\n`).join("")}`;
}

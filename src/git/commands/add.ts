import { Failure, Fatal } from "../failures";
import type { IndexEntry } from "../index-file";
import type { GitCommand, Repository } from "../invocation";
import { parseOptions } from "../options";
import { comparePaths, relativePath } from "../paths";
import { pathspec } from "../pathspec";
import { resolveRef } from "../refs";
import { isIgnored, readWorktree, worktreeContent } from "../worktree";

const USAGE = "usage: git add [<options>] [--] <pathspec>...\n";

/** `git add [-A | -u] [-f] [-n] [-v] [--] <pathspec>…` */
export const add: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      all: { short: "A" },
      update: { short: "u" },
      force: { short: "f" },
      verbose: { short: "v" },
      "dry-run": { short: "n" },
    },
    USAGE,
  );
  const repository = run.repository();
  const { files } = repository;
  const everywhere = options.rest.length === 0 && (options.has("all") || options.has("update"));
  if (options.rest.length === 0 && !everywhere) {
    await run.err(
      "Nothing specified, nothing added.\nhint: Maybe you wanted to say 'git add .'?\n" +
        'hint: Disable this message with "git config set advice.addEmptyPathspec false"\n',
    );
    return 0;
  }
  const specs = everywhere
    ? [pathspec(repository, repository.place.root, ".")]
    : options.rest.map((text) => pathspec(repository, run.cwd, text));
  const index = repository.readIndex();
  const worktree = await readWorktree(files, repository.place, index, { ignored: options.has("force") });
  const nested = worktree.untrackedNames.filter(
    (name) => name.endsWith("/") && files.isFile(repository.absolute(`${name}.git/HEAD`)),
  );
  const candidates = [...index.keys(), ...worktree.untracked.keys(), ...nested];
  const ignored: string[] = [];
  for (const spec of specs) {
    if (spec.path === "" || candidates.some((path) => spec.matches(path))) continue;
    const absolute = repository.absolute(spec.path);
    if (!files.exists(absolute) && !isLink(repository, spec.path)) {
      throw new Fatal(`pathspec '${spec.text}' did not match any files`);
    }
    // A folder without files is nothing for Git; a file that exists and is not a candidate is ignored.
    const folder = files.isDirectory(absolute);
    const name = await ignoredPart(repository, spec.path, folder);
    if (name !== undefined) ignored.push(name);
  }
  const wanted = (path: string): boolean => specs.some((spec) => spec.matches(path));
  const staged: [path: string, entry: IndexEntry][] = [];
  const removed: string[] = [];
  for (const [path, old] of index) {
    if (!wanted(path)) continue;
    const now = worktree.tracked.get(path);
    if (!now) removed.push(path);
    else if (now.oid !== old.oid || now.mode !== old.mode) staged.push([path, now]);
  }
  if (!options.has("update")) {
    for (const [path, entry] of worktree.untracked) if (wanted(path)) staged.push([path, entry]);
  }
  const embedded = options.has("update") ? [] : nested.filter((name) => wanted(name));
  for (const name of embedded) staged.push([name.slice(0, -1), embeddedEntry(repository, name)]);
  staged.sort(([a], [b]) => comparePaths(a, b));
  const report = [
    ...staged.map(([path]) => [path, `add '${path}'\n`] as const),
    ...removed.map((path) => [path, `remove '${path}'\n`] as const),
  ].sort(([a], [b]) => comparePaths(a, b));
  if (options.has("verbose") || options.has("dry-run")) await run.out(report.map(([, line]) => line).join(""));
  if (!options.has("dry-run")) {
    for (const [path, entry] of staged) {
      // A file may stand where a folder was tracked, or the other way round.
      for (const other of index.keys()) {
        if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) index.delete(other);
      }
      if (entry.mode !== 0o160000) {
        await repository.objects.writeBlob(worktreeContent(files, repository.absolute(path)));
      }
      index.set(path, entry);
    }
    for (const path of removed) index.delete(path);
    if (staged.length > 0 || removed.length > 0) repository.writeIndex(index);
  }
  await run.err(embeddedWarning(embedded.map((name) => name.slice(0, -1))));
  if (ignored.length > 0) throw ignoredFailure(ignored.map((path) => relativePath(path, repository.prefix)));
  return 0;
};

function isLink(repository: Repository, path: string): boolean {
  try {
    return repository.files.lstat(repository.absolute(path)).kind === "symlink";
  } catch {
    return false;
  }
}

/** The topmost part of `path` that a pattern leaves out. */
async function ignoredPart(repository: Repository, path: string, folder: boolean): Promise<string | undefined> {
  const parts = path.split("/");
  for (let count = 1; count <= parts.length; count++) {
    const part = parts.slice(0, count).join("/");
    const directory = count < parts.length || folder;
    if (await isIgnored(repository.files, repository.place, directory ? `${part}/` : part)) return part;
  }
  return undefined;
}

function ignoredFailure(paths: readonly string[]): Failure {
  return new Failure(
    `The following paths are ignored by one of your .gitignore files:\n${[...new Set(paths)].map((path) => `${path}\n`).join("")}` +
      'hint: Use -f if you really want to add them.\nhint: Disable this message with "git config set advice.addIgnoredFile false"\n',
    1,
  );
}

/** A repository inside the repository is recorded by its commit only, as a submodule would be. */
function embeddedEntry(repository: Repository, name: string): IndexEntry {
  const oid = resolveRef(repository.files, repository.absolute(`${name}.git`), "HEAD");
  if (oid === undefined) {
    throw new Failure(`error: '${name}' does not have a commit checked out\nfatal: adding files failed\n`, 128);
  }
  return { mode: 0o160000, oid, mtime: 0, ino: 0, size: 0 };
}

/** @param names without trailing slash. */
function embeddedWarning(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return "";
  return `${names.map((name) => `warning: adding embedded git repository: ${name}\n`).join("")}hint: You've added another git repository inside your current repository.
hint: Clones of the outer repository will not contain the contents of
hint: the embedded repository and will not know how to obtain it.
hint: If you meant to add a submodule, use:
hint:
hint: 	git submodule add <url> ${first}
hint:
hint: If you added this path by mistake, you can remove it from the
hint: index with:
hint:
hint: 	git rm --cached ${first}
hint:
hint: See "git help submodule" for more information.
hint: Disable this message with "git config set advice.addEmbeddedRepo false"
`;
}

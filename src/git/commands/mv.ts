import { baseName, directoryName, resolvePath } from "../../files/tree";
import { Failure, Fatal } from "../failures";
import type { GitCommand } from "../invocation";
import { parseOptions } from "../options";
import { pathspec } from "../pathspec";

/** `git mv [-f] [-v] <source>… <destination>` */
export const mv: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    { force: { short: "f" }, verbose: { short: "v" }, "dry-run": { short: "n" }, skip: { short: "k" } },
    "usage: git mv [-v] [-f] [-n] [-k] <source> <destination>\n   or: git mv [-v] [-f] [-n] [-k] <source>... <destination-directory>\n",
  );
  const sources = options.rest.slice(0, -1);
  const target = options.rest.at(-1);
  if (target === undefined || sources.length === 0) {
    throw new Failure(
      "usage: git mv [-v] [-f] [-n] [-k] <source> <destination>\n   or: git mv [-v] [-f] [-n] [-k] <source>... <destination-directory>\n",
      129,
    );
  }
  const repository = run.repository();
  const { files } = repository;
  const index = repository.readIndex();
  const to = resolvePath(run.cwd, target);
  const intoFolder = files.isDirectory(to);
  if (sources.length > 1 && !intoFolder) throw new Fatal(`destination '${target}' is not a directory`);
  for (const source of sources) {
    const from = pathspec(repository, run.cwd, source).path;
    const destination = pathspec(repository, run.cwd, intoFolder ? `${target}/${baseName(from)}` : target).path;
    const names = `source=${from}, destination=${destination}`;
    const absolute = repository.absolute(from);
    const moved = [...index.keys()].filter((path) => path === from || path.startsWith(`${from}/`));
    if (!files.exists(absolute)) throw new Fatal(`bad source, ${names}`);
    if (moved.length === 0) {
      throw new Fatal(
        `${files.isDirectory(absolute) ? "source directory is empty" : "not under version control"}, ${names}`,
      );
    }
    const target2 = repository.absolute(destination);
    if (destination === from || destination.startsWith(`${from}/`))
      throw new Fatal(`can not move directory into itself, ${names}`);
    if (files.exists(target2)) {
      if (!options.has("force") || files.isDirectory(target2)) throw new Fatal(`destination exists, ${names}`);
      files.remove(target2);
    }
    if (!files.isDirectory(directoryName(target2))) {
      throw new Fatal(`renaming '${from}' failed: No such file or directory`);
    }
    if (options.has("verbose") || options.has("dry-run")) await run.out(`Renaming ${from} to ${destination}\n`);
    if (options.has("dry-run")) continue;
    files.rename(absolute, target2);
    for (const path of moved) {
      const entry = index.get(path);
      index.delete(path);
      if (entry) index.set(destination + path.slice(from.length), entry);
    }
  }
  repository.writeIndex(index);
  return 0;
};

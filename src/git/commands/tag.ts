import { CommandError, Fatal } from "../failures";
import { identity } from "../identity";
import { type GitCommand, shortRef } from "../invocation";
import { parseOptions } from "../options";
import { deleteRef, isBranchName, listRefs, resolveRef, writeRef } from "../refs";
import { findRevision } from "../revision";
import { cleanMessage, missingEditor } from "./commit";

/** `git tag [-l] [-a -m <msg>] [-f] [-d] [<name> [<commit>]]` */
export const tag: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      annotate: { short: "a" },
      message: { short: "m", value: "required" },
      list: { short: "l" },
      delete: { short: "d" },
      force: { short: "f" },
    },
    "usage: git tag [-a] [-f] [-m <msg>] <tagname> [<commit> | <object>]\n   or: git tag -d <tagname>...\n   or: git tag [-l] [<pattern>...]\n",
  );
  const repository = run.repository();
  const { files, gitdir } = repository;
  const [name, revision] = options.rest;
  if (options.has("delete")) {
    let failed = false;
    for (const each of options.rest) {
      const oid = resolveRef(files, gitdir, `refs/tags/${each}`);
      if (oid === undefined) {
        failed = true;
        await run.err(`error: tag '${each}' not found.\n`);
        continue;
      }
      deleteRef(files, gitdir, `refs/tags/${each}`);
      await run.out(`Deleted tag '${each}' (was ${oid.slice(0, 7)})\n`);
    }
    return failed ? 1 : 0;
  }
  if (name === undefined || options.has("list")) {
    const patterns = options.rest.map(
      (glob) =>
        new RegExp(
          `^${glob
            .replace(/[.+^${}()|\\]/g, "\\$&")
            .replace(/\*/g, ".*")
            .replace(/\?/g, ".")}$`,
        ),
    );
    const names = listRefs(files, gitdir, "refs/tags/").map(([ref]) => shortRef(ref));
    await run.out(
      names
        .filter((each) => patterns.length === 0 || patterns.some((glob) => glob.test(each)))
        .map((each) => `${each}\n`)
        .join(""),
    );
    return 0;
  }
  if (!isBranchName(name)) throw new Fatal(`'${name}' is not a valid tag name.`);
  const ref = `refs/tags/${name}`;
  const old = resolveRef(files, gitdir, ref);
  if (old !== undefined && !options.has("force")) throw new Fatal(`tag '${name}' already exists`);
  const object = await findRevision(repository, revision ?? "HEAD");
  if (object === undefined) throw new Fatal(`Failed to resolve '${revision ?? "HEAD"}' as a valid ref.`);
  let oid = object;
  if (options.has("annotate") || options.has("message")) {
    if (!options.has("message")) throw missingEditor();
    const type = await repository.objects.type(object);
    if (type === undefined || type === "tag") throw new CommandError("a tag of a tag is not supported here");
    const tagger = identity("COMMITTER", run.identitySources);
    const message = cleanMessage(options.values("message").join("\n\n"));
    oid = await repository.objects.writeTag({ object, type, tag: name, tagger, message });
  }
  writeRef(files, gitdir, ref, oid);
  if (old !== undefined && old !== oid) await run.out(`Updated tag '${name}' (was ${old.slice(0, 7)})\n`);
  return 0;
};

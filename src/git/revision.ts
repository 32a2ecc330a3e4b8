/** Names of commits as people type them (gitrevisions(7)): branches, tags, short ids, `HEAD~2`, `main^`, `@`. */

import { Fatal } from "./failures";
import type { Repository } from "./invocation";
import { resolveRef } from "./refs";
import { upstreamName } from "./upstream";

/** The full name of the reference that `name` means, if it means one. */
export function expandRef(repository: Repository, name: string): string | undefined {
  const head = name === "@" ? "HEAD" : name;
  return ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"]
    .map((prefix) => prefix + head)
    .find(
      (ref) =>
        (ref.startsWith("refs/") || /^[A-Z_]+$/.test(ref)) &&
        resolveRef(repository.files, repository.gitdir, ref) !== undefined,
    );
}

/** The object that a revision names; undefined when there is none. Suffixes `~n`, `^`, `^n`, `^{…}`, `:path` are followed. */
export async function findRevision(repository: Repository, revision: string): Promise<string | undefined> {
  const colon = revision.indexOf(":");
  if (colon > 0) {
    const commit = await findCommit(repository, revision.slice(0, colon));
    const path = revision.slice(colon + 1).replace(/^\.\//, repository.prefix);
    return commit && (await repository.objects.pathObject(commit, path));
  }
  const match = /^(.*?)((?:~\d*|\^\{[a-z]*\}|\^\d*)*)$/.exec(revision);
  const [, base = "", suffixes = ""] = match ?? [];
  const upstream = /^(.*)@\{(?:u|upstream)\}$/.exec(base);
  const name = upstream ? upstreamName(repository, upstream[1] ?? "") : base;
  if (name === undefined || name === "") return undefined;
  const ref = expandRef(repository, name);
  let oid = ref ? resolveRef(repository.files, repository.gitdir, ref) : undefined;
  if (oid === undefined && /^[0-9a-f]{4,40}$/.test(name)) oid = await repository.objects.expand(name);
  for (const suffix of suffixes.match(/~\d*|\^\{[a-z]*\}|\^\d*/g) ?? []) {
    if (oid === undefined) return undefined;
    if (suffix === "^{tree}") {
      const commit = await peel(repository, oid);
      return commit && (await repository.objects.commit(commit)).tree;
    }
    oid = await peel(repository, oid);
    if (oid === undefined || suffix.startsWith("^{")) continue;
    const count = suffix.length > 1 ? Number(suffix.slice(1)) : 1;
    if (suffix.startsWith("^")) {
      if (count > 0) oid = (await repository.objects.commit(oid)).parents[count - 1];
      continue;
    }
    for (let i = 0; i < count && oid !== undefined; i++) oid = (await repository.objects.commit(oid)).parents[0];
  }
  return oid;
}

/** The commit that a revision names, through annotated tags. */
export async function findCommit(repository: Repository, revision: string): Promise<string | undefined> {
  const oid = await findRevision(repository, revision);
  return oid && peel(repository, oid);
}

/** Like `findCommit`, with Git's complaint about what is neither a revision nor a path. */
export async function requireCommit(repository: Repository, revision: string): Promise<string> {
  const oid = await findCommit(repository, revision);
  if (oid === undefined) throw ambiguous(revision);
  return oid;
}

export function ambiguous(argument: string): Fatal {
  return new Fatal(
    `ambiguous argument '${argument}': unknown revision or path not in the working tree.\n` +
      "Use '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'",
  );
}

async function peel(repository: Repository, oid: string): Promise<string | undefined> {
  let at = oid;
  for (;;) {
    const type = await repository.objects.type(at);
    if (type === "commit") return at;
    if (type !== "tag") return undefined;
    at = await repository.objects.tagTarget(at);
  }
}

import { CommandError, Failure, Fatal } from "../failures";
import { type GitCommand, type Invocation, type Repository, shortRef } from "../invocation";
import { parseOptions } from "../options";
import { deleteRef, isBranchName, listRefs, resolveRef, writeHead, writeRef } from "../refs";
import { editConfig } from "../repository";
import { findCommit } from "../revision";
import { aheadBehind, reachable, upstreamOf } from "../upstream";
import { subject } from "./log";

const USAGE =
  "usage: git branch [<options>] [-r | -a] [--merged] [--no-merged]\n   or: git branch [<options>] [-f] <branch-name> [<start-point>]\n";

/** `git branch [-a | -r] [-v] [--show-current] [-d | -D | -m | -M | -u] [<name> [<start>]]` */
export const branch: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      all: { short: "a" },
      remotes: { short: "r" },
      verbose: { short: "v" },
      delete: { short: "d" },
      "delete-force": { short: "D" },
      move: { short: "m" },
      "move-force": { short: "M" },
      "show-current": {},
      list: { short: "l" },
      force: { short: "f" },
      "set-upstream-to": { short: "u", value: "required" },
      "unset-upstream": {},
      quiet: { short: "q" },
    },
    USAGE,
  );
  const repository = run.repository();
  const head = repository.head();
  const current = head.kind === "branch" ? shortRef(head.ref) : undefined;
  const [first, second] = options.rest;
  if (options.has("show-current")) {
    await run.out(current === undefined ? "" : `${current}\n`);
    return 0;
  }
  if (options.has("delete") || options.has("delete-force")) {
    return remove(
      run,
      repository,
      options.rest,
      options.has("delete-force") || options.has("force"),
      options.has("remotes"),
    );
  }
  if (options.has("move") || options.has("move-force")) {
    if (first === undefined) throw new Fatal("branch name required");
    const from = second === undefined ? current : first;
    if (from === undefined) throw new Fatal("cannot rename the current branch while not on any");
    rename(repository, from, second ?? first, options.has("move-force") || options.has("force"));
    return 0;
  }
  const upstream = options.value("set-upstream-to");
  if (upstream !== undefined || options.has("unset-upstream")) {
    const name = first ?? current;
    if (name === undefined) throw new Fatal("could not set upstream of HEAD when it does not point to any branch");
    return setUpstream(run, repository, name, upstream);
  }
  if (first !== undefined && !options.has("list")) {
    await create(repository, first, second ?? "HEAD", options.has("force"));
    return 0;
  }
  await run.out(await list(run, repository, options.has("remotes"), options.has("all"), options.has("verbose")));
  return 0;
};

async function list(
  run: Invocation,
  repository: Repository,
  remotes: boolean,
  all: boolean,
  verbose: boolean,
): Promise<string> {
  const colour = run.colours("stdout");
  const paint = (code: string, text: string): string => (colour && code !== "" ? `\x1b[${code}m${text}\x1b[m` : text);
  const head = repository.head();
  const rows: { mark: string; name: string; oid: string; code: string; branch: string | undefined }[] = [];
  if (head.kind === "detached" && !remotes) {
    rows.push({
      mark: "*",
      name: `(HEAD detached at ${head.oid.slice(0, 7)})`,
      oid: head.oid,
      code: "32",
      branch: undefined,
    });
  }
  const refs = [
    ...(remotes ? [] : listRefs(repository.files, repository.gitdir, "refs/heads/")),
    ...(remotes || all ? listRefs(repository.files, repository.gitdir, "refs/remotes/") : []),
  ];
  for (const [ref, oid] of refs) {
    const current = head.kind === "branch" && head.ref === ref;
    const remote = ref.startsWith("refs/remotes/");
    const name = remote && all ? ref.slice("refs/".length) : shortRef(ref);
    rows.push({
      mark: current ? "*" : " ",
      name,
      oid,
      code: current ? "32" : remote ? "31" : "",
      branch: remote ? undefined : shortRef(ref),
    });
  }
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  let text = "";
  for (const { mark, name, oid, code, branch: own } of rows) {
    if (!verbose) {
      text += `${mark} ${paint(code, name)}\n`;
      continue;
    }
    const made = await repository.objects.commit(oid);
    const upstream = own === undefined ? undefined : upstreamOf(run, repository, own);
    const { ahead, behind } = upstream?.oid
      ? await aheadBehind(repository, oid, upstream.oid)
      : { ahead: 0, behind: 0 };
    const parts = [...(ahead > 0 ? [`ahead ${ahead}`] : []), ...(behind > 0 ? [`behind ${behind}`] : [])];
    const distance = parts.length > 0 ? `[${parts.join(", ")}] ` : "";
    text += `${mark} ${paint(code, name.padEnd(width))} ${oid.slice(0, 7)} ${distance}${subject(made)}\n`;
  }
  return text;
}

async function create(repository: Repository, name: string, start: string, force: boolean): Promise<void> {
  if (!isBranchName(name)) throw new Fatal(`'${name}' is not a valid branch name`);
  const ref = `refs/heads/${name}`;
  if (resolveRef(repository.files, repository.gitdir, ref)) {
    const head = repository.head();
    if (!force) throw new Fatal(`a branch named '${name}' already exists`);
    if (head.kind === "branch" && head.ref === ref)
      throw new Fatal(`cannot force update the branch '${name}' used by worktree at '${repository.place.root}'`);
  }
  const oid = await findCommit(repository, start);
  if (oid === undefined) {
    const head = repository.head();
    const shown = start === "HEAD" && head.kind === "branch" ? shortRef(head.ref) : start;
    throw new Fatal(`not a valid object name: '${shown}'`);
  }
  writeRef(repository.files, repository.gitdir, ref, oid);
}

async function remove(
  run: Invocation,
  repository: Repository,
  names: readonly string[],
  force: boolean,
  remotes: boolean,
): Promise<number> {
  if (names.length === 0) throw new Fatal("branch name required");
  const head = repository.head();
  let failed = false;
  for (const name of names) {
    const ref = remotes ? `refs/remotes/${name}` : `refs/heads/${name}`;
    const oid = resolveRef(repository.files, repository.gitdir, ref);
    const complain = async (text: string): Promise<void> => {
      failed = true;
      await run.err(text);
    };
    if (head.kind === "branch" && head.ref === ref) {
      await complain(`error: cannot delete branch '${name}' used by worktree at '${repository.place.root}'\n`);
      continue;
    }
    if (oid === undefined) {
      await complain(`error: ${remotes ? "remote-tracking branch" : "branch"} '${name}' not found\n`);
      continue;
    }
    const upstream = remotes ? undefined : upstreamOf(run, repository, name)?.oid;
    const into = upstream ?? repository.headOid();
    if (!force && !remotes && !(into && (await reachable(repository, [into])).has(oid))) {
      await complain(
        `error: the branch '${name}' is not fully merged\nhint: If you are sure you want to delete it, run 'git branch -D ${name}'\n` +
          'hint: Disable this message with "git config set advice.forceDeleteBranch false"\n',
      );
      continue;
    }
    deleteRef(repository.files, repository.gitdir, ref);
    editConfig(repository.files, repository.place, (config) => {
      config.removeSection(`branch.${name}`);
    });
    await run.out(`Deleted ${remotes ? "remote-tracking branch" : "branch"} ${name} (was ${oid.slice(0, 7)}).\n`);
  }
  return failed ? 1 : 0;
}

function rename(repository: Repository, from: string, to: string, force: boolean): void {
  const { files, gitdir } = repository;
  const head = repository.head();
  const [oldRef, newRef] = [`refs/heads/${from}`, `refs/heads/${to}`];
  const current = head.kind === "branch" && head.ref === oldRef;
  if (!isBranchName(to)) throw new Fatal(`'${to}' is not a valid branch name`);
  const oid = resolveRef(files, gitdir, oldRef);
  if (oid === undefined && !current) throw new Fatal(`no branch named '${from}'`);
  if (from !== to && resolveRef(files, gitdir, newRef) && !force)
    throw new Fatal(`a branch named '${to}' already exists`);
  if (from === to) return;
  if (oid !== undefined) {
    deleteRef(files, gitdir, oldRef);
    writeRef(files, gitdir, newRef, oid);
  }
  if (current) writeHead(files, gitdir, { kind: "branch", ref: newRef });
  editConfig(files, repository.place, (config) => config.renameSection(`branch.${from}`, `branch.${to}`));
}

async function setUpstream(
  run: Invocation,
  repository: Repository,
  name: string,
  upstream: string | undefined,
): Promise<number> {
  if (upstream === undefined) {
    let found = false;
    editConfig(repository.files, repository.place, (config) => {
      found = config.unset(`branch.${name}.remote`);
      config.unset(`branch.${name}.merge`);
    });
    if (!found) throw new Fatal(`branch '${name}' has no upstream information`);
    return 0;
  }
  const remote = resolveRef(repository.files, repository.gitdir, `refs/remotes/${upstream}`);
  const local = resolveRef(repository.files, repository.gitdir, `refs/heads/${upstream}`);
  if (remote === undefined && local === undefined) {
    throw new Failure(
      `fatal: the requested upstream branch '${upstream}' does not exist\n` +
        "hint:\nhint: If you are planning on basing your work on an upstream\nhint: branch that already exists at the remote, you may need to\n" +
        'hint: run "git fetch" to retrieve it.\nhint:\nhint: If you are planning to push out a new local branch that\n' +
        'hint: will track its remote counterpart, you may want to use\nhint: "git push -u" to set the upstream config as you push.\n' +
        'hint: Disable this message with "git config set advice.setUpstreamFailure false"\n',
      128,
    );
  }
  if (!resolveRef(repository.files, repository.gitdir, `refs/heads/${name}`))
    throw new CommandError(`branch '${name}' does not exist`, 128);
  const cut = upstream.indexOf("/");
  editConfig(repository.files, repository.place, (config) => {
    config.set(`branch.${name}.remote`, local === undefined ? upstream.slice(0, cut) : ".");
    config.set(`branch.${name}.merge`, `refs/heads/${local === undefined ? upstream.slice(cut + 1) : upstream}`);
  });
  await run.out(`branch '${name}' set up to track '${upstream}'.\n`);
  return 0;
}

import { Failure, Fatal } from "../failures";
import { type GitCommand, type Invocation, type Repository, shortRef } from "../invocation";
import { parseOptions } from "../options";
import { outgoingPack } from "../pack";
import {
  checkSources,
  type Destination,
  defaultRefspec,
  destination,
  everyRef,
  type Refspec,
  resolveRefspecs,
} from "../push-plan";
import {
  BEHIND,
  BEHIND_OTHER,
  FETCH_FIRST,
  packProgress,
  type RefRow,
  RemoteLines,
  refRow,
  TAG_EXISTS,
} from "../push-text";
import { deleteRef, writeRef } from "../refs";
import { editConfig } from "../repository";
import { discover, type PushReport, type RemoteRefs, sendPack } from "../transport";
import { reachable } from "../upstream";

const USAGE = "usage: git push [<options>] [<repository> [<refspec>...]]\n";
const ZERO_OID = "0".repeat(40);

type Verdict =
  | "up-to-date"
  | "update"
  | "forced"
  | "create"
  | "delete"
  | "non-fast-forward"
  | "fetch-first"
  | "tag-exists";

interface Planned {
  readonly spec: Refspec;
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
}

/** `git push [-u] [-f] [-q] [-v] [--all | --tags] [--delete] [--dry-run] [<repository> [<refspec>…]]` */
export const push: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      "set-upstream": { short: "u" },
      force: { short: "f" },
      "force-with-lease": { value: "optional" },
      quiet: { short: "q" },
      verbose: { short: "v" },
      all: {},
      branches: {},
      tags: {},
      delete: { short: "d" },
      "dry-run": { short: "n" },
      progress: {},
      "no-progress": {},
      porcelain: {},
      "no-verify": {},
    },
    USAGE,
  );
  const repository = run.repository();
  const [name, ...given] = options.rest;
  const to = destination(run, repository, name);
  const specs = [...given.map((spec) => (options.has("delete") ? `:${spec}` : spec))];
  if (options.has("delete") && given.length === 0) throw new Fatal("--delete doesn't make sense without any refs");
  if (options.has("all") || options.has("branches")) specs.push(...everyRef(repository, "refs/heads/"));
  if (options.has("tags")) specs.push(...everyRef(repository, "refs/tags/"));
  const nothing = specs.length === 0 && (options.has("all") || options.has("tags") || options.has("branches"));
  if (specs.length === 0 && !nothing) specs.push(defaultRefspec(run, repository, to, options.has("set-upstream")));
  await checkSources(repository, specs, to.url);
  if (to.problem) throw to.problem;
  const remote = await discover(run, to.url);
  if (options.has("verbose")) await run.err(`Pushing to ${to.url}\n`);
  const resolved = await resolveRefspecs(repository, specs, remote.refs, to.url);
  const force = options.has("force") || options.has("force-with-lease");
  const planned: Planned[] = [];
  for (const spec of resolved) planned.push(await plan(repository, remote, spec, force || spec.force));
  const sending = planned.filter(({ verdict }) => ["update", "forced", "create", "delete"].includes(verdict));
  let report: PushReport = { unpack: "ok", refs: new Map() };
  if (sending.length > 0 && !options.has("dry-run")) {
    const quiet = options.has("quiet");
    const progress = options.has("progress") || (run.context.stderr.isTerminal && !options.has("no-progress"));
    report = await transfer(run, repository, to, sending, remote, { quiet, progress: progress && !quiet });
    track(repository, to, sending, report);
  }
  const failed = (item: Planned): string | undefined =>
    sending.includes(item) ? report.refs.get(item.spec.target) : undefined;
  await run.err(table(to, planned, failed, options.has("verbose"), options.has("quiet")));
  const bad = planned.filter((item) => failed(item) !== undefined || isRejected(item));
  if (options.has("set-upstream") && !options.has("dry-run")) {
    await run.out(
      setUpstream(
        repository,
        to,
        planned.filter((item) => !bad.includes(item)),
        options.has("quiet"),
      ),
    );
  }
  if (bad.length === 0 && sending.length === 0 && !options.has("quiet")) await run.err("Everything up-to-date\n");
  if (bad.length === 0) return 0;
  throw new Failure(`error: failed to push some refs to '${to.url}'\n${advice(repository, planned)}`, 1);
};

function isRejected({ verdict }: Planned): boolean {
  return verdict === "non-fast-forward" || verdict === "fetch-first" || verdict === "tag-exists";
}

async function plan(repository: Repository, remote: RemoteRefs, spec: Refspec, force: boolean): Promise<Planned> {
  const from = remote.refs.get(spec.target) ?? ZERO_OID;
  const to = spec.source?.oid ?? ZERO_OID;
  const verdict = async (): Promise<Verdict> => {
    if (to === ZERO_OID) return "delete";
    if (from === to) return "up-to-date";
    if (from === ZERO_OID) return "create";
    const known = (await repository.objects.type(from)) === "commit";
    if (spec.target.startsWith("refs/tags/")) return force ? "forced" : "tag-exists";
    if (known && (await reachable(repository, [to])).has(from)) return "update";
    if (force) return "forced";
    return known ? "non-fast-forward" : "fetch-first";
  };
  return { spec, from, to, verdict: await verdict() };
}

async function transfer(
  run: Invocation,
  repository: Repository,
  to: Destination,
  sending: readonly Planned[],
  remote: RemoteRefs,
  show: { readonly quiet: boolean; readonly progress: boolean },
): Promise<PushReport> {
  const tips = sending.filter((item) => item.to !== ZERO_OID).map((item) => item.to);
  const started = performance.now();
  const pack = tips.length > 0 ? await outgoingPack(repository, tips, [...remote.refs.values()]) : undefined;
  if (pack && show.progress) await run.err(packProgress(pack, performance.now() - started));
  const lines = new RemoteLines(run.context.stderr.isTerminal && run.context.env.TERM !== "dumb");
  const updates = sending.map((item) => ({ ref: item.spec.target, from: item.from, to: item.to }));
  try {
    return await sendPack(run, to.url, updates, pack?.bytes, remote, (text) => run.err(lines.feed(text)));
  } finally {
    await run.err(lines.end());
  }
}

/** Moves the tracking branches of what the remote took. */
function track(repository: Repository, to: Destination, sending: readonly Planned[], report: PushReport): void {
  if (to.remote === undefined) return;
  for (const { spec, to: oid } of sending) {
    if (report.refs.get(spec.target) !== undefined || !spec.target.startsWith("refs/heads/")) continue;
    const ref = `refs/remotes/${to.remote}/${shortRef(spec.target)}`;
    if (oid === ZERO_OID) deleteRef(repository.files, repository.gitdir, ref);
    else writeRef(repository.files, repository.gitdir, ref, oid);
  }
}

function table(
  to: Destination,
  planned: readonly Planned[],
  failed: (item: Planned) => string | undefined,
  verbose: boolean,
  quiet: boolean,
): string {
  const rows = planned.flatMap((item) => {
    const row = rowOf(item, failed(item));
    if (row.flag === "=" && !verbose) return [];
    return quiet && row.flag !== "!" ? [] : [row];
  });
  return rows.length === 0 ? "" : `To ${to.url}\n${rows.map((row) => refRow(row)).join("")}`;
}

function rowOf({ spec, from, to, verdict }: Planned, reason: string | undefined): RefRow {
  const names = { from: spec.source?.name, to: shortRef(spec.target) };
  const [old, now] = [from.slice(0, 7), to.slice(0, 7)];
  if (reason !== undefined) return { ...names, flag: "!", summary: "[remote rejected]", note: reason };
  switch (verdict) {
    case "up-to-date":
      return { ...names, flag: "=", summary: "[up to date]" };
    case "create": {
      const kind = spec.target.startsWith("refs/tags/")
        ? "tag"
        : spec.target.startsWith("refs/heads/")
          ? "branch"
          : "reference";
      return { ...names, to: kind === "reference" ? spec.target : names.to, flag: "*", summary: `[new ${kind}]` };
    }
    case "delete":
      return { ...names, flag: "-", summary: "[deleted]" };
    case "update":
      return { ...names, flag: " ", summary: `${old}..${now}` };
    case "forced":
      return { ...names, flag: "+", summary: `${old}...${now}`, note: "forced update" };
    case "non-fast-forward":
      return { ...names, flag: "!", summary: "[rejected]", note: "non-fast-forward" };
    case "fetch-first":
      return { ...names, flag: "!", summary: "[rejected]", note: "fetch first" };
    case "tag-exists":
      return { ...names, flag: "!", summary: "[rejected]", note: "already exists" };
  }
}

function advice(repository: Repository, planned: readonly Planned[]): string {
  const behind = planned.find(({ verdict }) => verdict === "non-fast-forward");
  if (behind) {
    const head = repository.head();
    return head.kind === "branch" && behind.spec.source?.ref === head.ref ? BEHIND : BEHIND_OTHER;
  }
  if (planned.some(({ verdict }) => verdict === "fetch-first")) return FETCH_FIRST;
  return planned.some(({ verdict }) => verdict === "tag-exists") ? TAG_EXISTS : "";
}

function setUpstream(repository: Repository, to: Destination, pushed: readonly Planned[], quiet: boolean): string {
  const remote = to.remote ?? to.url;
  let text = "";
  for (const { spec } of pushed) {
    const local = spec.source?.ref;
    if (!local?.startsWith("refs/heads/") || !spec.target.startsWith("refs/heads/")) continue;
    editConfig(repository.files, repository.place, (config) => {
      config.set(`branch.${shortRef(local)}.remote`, remote);
      config.set(`branch.${shortRef(local)}.merge`, spec.target);
    });
    if (!quiet) text += `branch '${shortRef(local)}' set up to track '${remote}/${shortRef(spec.target)}'.\n`;
  }
  return text;
}

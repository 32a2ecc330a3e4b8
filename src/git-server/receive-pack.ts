/** The receiving end of `git push` (gitprotocol-pack(5), "Pushing Data To a Server") with the build as pre-receive hook. */

import type { BuildRequest, BuildResult } from "../platform/platform";
import type { BuildOutput } from "../platform/ports";
import type { BareRepository, StoredPack } from "./bare-repository";
import { ZERO_OID } from "./bare-repository";
import { concatenate, FLUSH, PacketReader, ProtocolError, packet, packetText, sideBand } from "./pkt-line";
import type { BuildPlatform } from "./ports";

export const RECEIVE_CAPABILITIES =
  "report-status delete-refs side-band-64k quiet ofs-delta object-format=sha1 agent=git/despliega";

interface RefCommand {
  readonly from: string;
  readonly to: string;
  readonly ref: string;
}

interface PushRequest {
  readonly commands: readonly RefCommand[];
  readonly capabilities: ReadonlySet<string>;
  readonly pack: Uint8Array;
}

/** Branches that are checked out for a build; the platform decides by itself whether it builds. */
const DEPLOYED: ReadonlySet<string> = new Set(["refs/heads/main", "refs/heads/master"]);

export function parsePushRequest(message: Uint8Array): PushRequest {
  const reader = new PacketReader(message);
  const commands: RefCommand[] = [];
  let capabilities = new Set<string>();
  for (let next = reader.next(); next?.kind === "data"; next = reader.next()) {
    const [line = "", features] = packetText(next.data).split("\0");
    if (features !== undefined) capabilities = new Set(features.split(" ").filter(Boolean));
    if (line.startsWith("shallow ")) continue;
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/.exec(line);
    if (!match) throw new ProtocolError(`protocol error: expected old/new/ref, got '${line}'`);
    commands.push({ from: match[1] ?? "", to: match[2] ?? "", ref: match[3] ?? "" });
  }
  return { commands, capabilities, pack: reader.rest };
}

/**
 * Receives one push and yields the answer's bytes while the build runs.
 * Nothing of a push that was declined, cut or cancelled stays in the repository.
 */
export async function* receivePack(
  repository: BareRepository,
  request: PushRequest,
  platform: BuildPlatform,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { commands, capabilities } = request;
  // The probe with which a client tests authentication before a large push.
  if (commands.length === 0) return;
  const banded = capabilities.has("side-band-64k");
  const progress = new LineQueue();
  const cancel = new AbortController();
  const work = push(repository, request, platform, progress, AbortSignal.any([signal, cancel.signal])).finally(() =>
    progress.close(),
  );
  // The outcome is awaited below; until then a failure must not count as unhandled.
  work.catch(() => undefined);
  try {
    for await (const text of progress) if (banded) yield sideBand(2, text);
    const report = await work;
    if (!capabilities.has("report-status")) {
      if (banded) yield FLUSH;
      return;
    }
    yield banded ? concatenate([sideBand(1, report), FLUSH]) : report;
  } finally {
    cancel.abort(new DOMException("the client hung up", "AbortError"));
  }
}

async function push(
  repository: BareRepository,
  request: PushRequest,
  platform: BuildPlatform,
  progress: LineQueue,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { commands } = request;
  const refuse = (unpack: string, reason: (command: RefCommand) => string): Uint8Array =>
    concatenate([
      packet(`unpack ${unpack}\n`),
      ...commands.map((command) => packet(`ng ${command.ref} ${reason(command)}\n`)),
      FLUSH,
    ]);
  if (!repository.exists) repository.create();
  let stored: StoredPack = { paths: [] };
  let accepted = false;
  try {
    if (commands.some(({ to }) => to !== ZERO_OID)) {
      try {
        stored = await repository.storePack(request.pack);
      } catch (error) {
        return refuse(error instanceof Error ? error.message : String(error), () => "unpacker error");
      }
    }
    const refs = repository.refs();
    const problems = new Map<RefCommand, string>();
    const inspected = new Map<string, { readonly tree: string; readonly files: number }>();
    for (const command of commands) {
      const pushed = await inspectBranch(repository, command);
      if (pushed) inspected.set(command.to, pushed);
      const problem = await problemOf(repository, refs, command, pushed !== undefined);
      if (problem !== undefined) problems.set(command, problem);
    }
    const sound = commands.filter((command) => !problems.has(command));
    for (const { ref, to } of sound) {
      if (!ref.startsWith("refs/heads/") || to === ZERO_OID) continue;
      const branch = ref.slice("refs/heads/".length);
      const build = { app: repository.app, commit: to, branch };
      const output = { line: (text: string) => progress.push(`${text}\n`) };
      const pushed = inspected.get(to);
      if (pushed && DEPLOYED.has(ref)) {
        // What a checkout of the tree says on the build system.
        output.line(`Updated ${pushed.files} path${pushed.files === 1 ? "" : "s"} from ${pushed.tree.slice(0, 7)}`);
      }
      const result = await runBuild(platform, build, output, signal);
      signal.throwIfAborted();
      if (result.status === "rejected") {
        return refuse("ok", (command) => problems.get(command) ?? "pre-receive hook declined");
      }
      if (result.status === "built") repository.headRef = ref;
    }
    for (const { ref, to } of sound) repository.updateRef(ref, to);
    accepted = sound.length > 0;
    return concatenate([
      packet("unpack ok\n"),
      ...commands.map((command) => {
        const problem = problems.get(command);
        return packet(problem === undefined ? `ok ${command.ref}\n` : `ng ${command.ref} ${problem}\n`);
      }),
      FLUSH,
    ]);
  } finally {
    if (!accepted) repository.removePack(stored);
  }
}

async function inspectBranch(repository: BareRepository, { ref, to }: RefCommand) {
  return ref.startsWith("refs/heads/") && to !== ZERO_OID ? repository.inspect(to) : undefined;
}

/** A build that breaks is the platform's fault, but the client still gets a proper answer. */
async function runBuild(
  platform: BuildPlatform,
  request: BuildRequest,
  output: BuildOutput,
  signal: AbortSignal,
): Promise<BuildResult> {
  try {
    return await platform.build(request, output, signal);
  } catch (error) {
    signal.throwIfAborted();
    console.error(error);
    output.line("");
    output.line(` !     Internal error: ${error instanceof Error ? error.message : String(error)}`);
    output.line("");
    return { status: "rejected", reason: "internal error" };
  }
}

async function problemOf(
  repository: BareRepository,
  refs: ReadonlyMap<string, string>,
  { ref, from, to }: RefCommand,
  inspected: boolean,
): Promise<string | undefined> {
  if (!/^refs\/[^\s~^:?*[\\]+$/.test(ref) || /\.\.|@\{|\/\/|\/$|\/\.|\.lock$/.test(ref)) return "funny refname";
  const present = refs.get(ref) ?? ZERO_OID;
  if (present !== from) return "fetch first";
  if (to === ZERO_OID) {
    if (present === ZERO_OID) return "no such ref";
    return ref === repository.headRef ? "deletion of the current branch prohibited" : undefined;
  }
  const complete = inspected || (!ref.startsWith("refs/heads/") && (await repository.hasObject(to)));
  return complete ? undefined : "missing necessary objects";
}

/** Lines that a build writes, taken by one reader as they come. */
class LineQueue implements AsyncIterable<string> {
  private pending: string[] = [];
  private closed = false;
  private wake: (() => void) | undefined;

  push(text: string): void {
    this.pending.push(text);
    this.wake?.();
  }

  close(): void {
    this.closed = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    for (;;) {
      if (this.pending.length > 0) {
        const text = this.pending.join("");
        this.pending = [];
        yield text;
      } else if (this.closed) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

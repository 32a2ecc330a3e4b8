/** The sending end of `git clone`, `fetch` and `pull` (gitprotocol-pack(5), "Packfile Negotiation"), protocol version 0. */

import type { BareRepository } from "./bare-repository";
import { concatenate, FLUSH, PacketReader, ProtocolError, packet, packetText, sideBand } from "./pkt-line";

export const UPLOAD_CAPABILITIES = "side-band-64k ofs-delta no-progress object-format=sha1 agent=git/despliega";

/**
 * Yields the answer to one request. A client sends all its `have` lines at once or in several requests;
 * each is answered by what is known of it, and the pack comes after `done`.
 */
export async function* uploadPack(
  repository: BareRepository,
  message: Uint8Array,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const wants: string[] = [];
  const haves: string[] = [];
  let capabilities = new Set<string>();
  let done = false;
  const reader = new PacketReader(message);
  for (let next = reader.next(); next; next = reader.next()) {
    if (next.kind === "flush") continue;
    const [verb = "", oid = "", ...features] = packetText(next.data).split(" ");
    if (verb === "want") {
      if (wants.length === 0) capabilities = new Set(features);
      wants.push(oid);
    } else if (verb === "have") haves.push(oid);
    else if (verb === "done") done = true;
    else throw new ProtocolError(`protocol error: unexpected '${verb}'`);
  }
  if (wants.length === 0) return;
  const offered = new Set(repository.refs().values());
  for (const want of wants) {
    if (!offered.has(want)) {
      yield packet(`ERR upload-pack: not our ref ${want}\n`);
      return;
    }
  }
  let common: string | undefined;
  for (const have of haves) if (common === undefined && (await repository.hasObject(have))) common = have;
  yield packet(common === undefined ? "NAK\n" : `ACK ${common}\n`);
  if (!done) return;
  const pack = await repository.packOf(await missingObjects(repository, wants, haves, signal));
  if (!capabilities.has("side-band-64k")) {
    yield pack;
    return;
  }
  yield concatenate([sideBand(1, pack), FLUSH]);
}

async function missingObjects(
  repository: BareRepository,
  wants: readonly string[],
  haves: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const known = new Set<string>();
  const collect = async (tips: readonly string[], into: Set<string>, skip: ReadonlySet<string>): Promise<void> => {
    const pending = [...tips];
    for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
      signal.throwIfAborted();
      if (into.has(oid) || skip.has(oid)) continue;
      const commit = await repository.commit(oid);
      into.add(oid);
      await repository.treeObjects(commit.tree, into);
      pending.push(...commit.parents);
    }
  };
  for (const have of haves) if (await repository.hasObject(have)) await collect([have], known, new Set());
  const wanted = new Set<string>();
  await collect(wants, wanted, known);
  return [...wanted].filter((oid) => !known.has(oid));
}

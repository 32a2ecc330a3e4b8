/** What a push sends: the objects that the remote does not have, and the numbers that `git pack-objects` reports. */

import "../files/buffer-global";
import * as git from "isomorphic-git";
import type { Repository } from "./invocation";
import { reachable } from "./upstream";

export interface OutgoingPack {
  readonly bytes: Uint8Array;
  /** Objects in the pack. */
  readonly written: number;
  /** Objects looked at: those of the pack and, of the remote's version, the ones at the same paths. */
  readonly counted: number;
  /** Objects large enough to be tried as deltas; 0 when there is nothing to compare. */
  readonly compressed: number;
}

/** Smaller objects are not worth a delta (pack-objects.c). */
const SMALLEST_DELTA = 50;

/** @param haves commits of the remote; those that are not here are left out. */
export async function outgoingPack(
  repository: Repository,
  tips: readonly string[],
  haves: readonly string[],
): Promise<OutgoingPack> {
  const { objects } = repository;
  const common = { fs: objects.fs, gitdir: repository.gitdir, cache: objects.cache };
  const known = await reachable(repository, haves);
  const sent = new Map<string, string>();
  const commits: string[] = [];
  const edges = new Set<string>();
  const pending: string[] = [];
  for (const tip of tips) {
    let oid = tip;
    while ((await objects.type(oid)) === "tag") {
      sent.set(oid, "");
      oid = await objects.tagTarget(oid);
    }
    pending.push(oid);
  }
  for (let oid = pending.shift(); oid !== undefined; oid = pending.shift()) {
    if (known.has(oid)) {
      edges.add(oid);
      continue;
    }
    if (sent.has(oid)) continue;
    sent.set(oid, "");
    commits.push(oid);
    pending.push(...(await objects.commit(oid)).parents);
  }
  // Everything in the trees of the edge is already there.
  const there = new Map<string, string>();
  const theirs: Map<string, string>[] = [];
  for (const edge of edges) {
    const paths = new Map<string, string>();
    await walk(common, (await objects.commit(edge)).tree, "", (oid, path) => {
      paths.set(path, oid);
      there.set(oid, path);
      return true;
    });
    theirs.push(paths);
  }
  const bases = new Set<string>();
  for (const commit of commits) {
    await walk(common, (await objects.commit(commit)).tree, "", (oid, path) => {
      if (there.has(oid) || sent.has(oid)) return false;
      sent.set(oid, path);
      for (const paths of theirs) {
        const base = paths.get(path);
        if (base !== undefined) bases.add(base);
      }
      return true;
    });
  }
  let compressed = 0;
  for (const oid of sent.keys()) {
    const { object } = await git.readObject({ ...common, oid, format: "content" });
    if (object instanceof Uint8Array && object.byteLength >= SMALLEST_DELTA) compressed++;
  }
  const { packfile } = await git.packObjects({ ...common, oids: [...sent.keys()], write: false });
  return {
    bytes: packfile ?? new Uint8Array(),
    written: sent.size,
    counted: sent.size + bases.size,
    compressed: compressed + bases.size > 1 ? compressed : 0,
  };
}

/** Visits a tree and all below it; `visit` says whether to go into what it was shown. */
async function walk(
  common: { fs: Repository["objects"]["fs"]; gitdir: string; cache: object },
  oid: string,
  path: string,
  visit: (oid: string, path: string) => boolean,
): Promise<void> {
  if (!visit(oid, path)) return;
  for (const entry of (await git.readTree({ ...common, oid })).tree) {
    const child = path === "" ? entry.path : `${path}/${entry.path}`;
    if (entry.type === "tree") await walk(common, entry.oid, child, visit);
    else if (entry.type === "blob") visit(entry.oid, child);
  }
}

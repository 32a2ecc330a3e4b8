/** The client's end of the smart HTTP protocol, over the context's `http`. */

import "../files/buffer-global";
import { Fatal } from "./failures";
import type { Invocation } from "./invocation";
import type { GitHttpResponse } from "./ports";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface RemoteRefs {
  /** By full name, without HEAD. */
  readonly refs: ReadonlyMap<string, string>;
  readonly capabilities: ReadonlySet<string>;
}

export interface RefUpdate {
  readonly ref: string;
  readonly from: string;
  readonly to: string;
}

export interface PushReport {
  /** `ok`, or why the pack was not taken. */
  readonly unpack: string;
  /** Reason by reference; undefined for those that were updated. */
  readonly refs: ReadonlyMap<string, string | undefined>;
}

/** What the remote has. Throws Git's complaint for a remote that is not there. */
export async function discover(run: Invocation, url: string): Promise<RemoteRefs> {
  const service = "git-receive-pack";
  const response = await send(run, url, {
    url: `${url.replace(/\/$/, "")}/info/refs?service=${service}`,
    method: "GET",
    headers: { "user-agent": "git/2.51.0", accept: "*/*" },
  });
  const lines = new PacketStream();
  const refs = new Map<string, string>();
  let capabilities = new Set<string>();
  for await (const chunk of response.body) {
    for (const data of lines.feed(chunk)) {
      const [line = "", features] = decoder.decode(data).replace(/\n$/, "").split("\0");
      if (features !== undefined) capabilities = new Set(features.split(" ").filter(Boolean));
      const match = /^([0-9a-f]{40}) (refs\/.+)$/.exec(line);
      if (match) refs.set(match[2] ?? "", match[1] ?? "");
    }
  }
  return { refs, capabilities };
}

/**
 * Sends reference updates with their pack, hands over progress text as it comes, and resolves with the server's report.
 * @param progress what the side band says, in order, cut anywhere.
 */
export async function sendPack(
  run: Invocation,
  url: string,
  updates: readonly RefUpdate[],
  pack: Uint8Array | undefined,
  remote: RemoteRefs,
  progress: (text: string) => Promise<void>,
): Promise<PushReport> {
  const wanted = ["report-status", "side-band-64k", "object-format=sha1"].filter((name) =>
    remote.capabilities.has(name),
  );
  const features = [...wanted, "agent=git/2.51.0"].join(" ");
  const request = updates.map(({ ref, from, to }, i) =>
    packet(`${from} ${to} ${ref}${i === 0 ? `\0 ${features}` : ""}`),
  );
  async function* body(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const line of request) yield line;
    yield encoder.encode("0000");
    if (pack) yield pack;
  }
  const response = await send(run, url, {
    url: `${url.replace(/\/$/, "")}/git-receive-pack`,
    method: "POST",
    headers: {
      "user-agent": "git/2.51.0",
      "content-type": "application/x-git-receive-pack-request",
      accept: "application/x-git-receive-pack-result",
    },
    body: body(),
  });
  const outer = new PacketStream();
  const inner = new PacketStream();
  const report: string[] = [];
  const banded = wanted.includes("side-band-64k");
  const text = new TextDecoder();
  const collect = (packets: readonly Uint8Array[]): void => {
    for (const data of packets) report.push(decoder.decode(data).replace(/\n$/, ""));
  };
  for await (const chunk of response.body) {
    for (const data of outer.feed(chunk)) {
      if (!banded) collect([data]);
      else if (data[0] === 1) collect(inner.feed(data.subarray(1)));
      else if (data[0] === 2) await progress(text.decode(data.subarray(1), { stream: true }));
      else throw new Fatal(`remote error: ${decoder.decode(data.subarray(1)).trim()}`);
    }
  }
  if (report.length === 0) throw new Fatal("the remote end hung up unexpectedly", { before: HUNG_UP });
  const refs = new Map<string, string | undefined>();
  for (const line of report.slice(1)) {
    const [status, ref = "", ...reason] = line.split(" ");
    refs.set(ref, status === "ok" ? undefined : reason.join(" "));
  }
  return { unpack: report[0]?.replace(/^unpack /, "") ?? "", refs };
}

const HUNG_UP =
  "error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nsend-pack: unexpected disconnect while reading sideband packet\n";

async function send(
  run: Invocation,
  url: string,
  request: Parameters<Invocation["context"]["http"]>[0],
): Promise<GitHttpResponse> {
  const shown = url.endsWith("/") ? url : `${url}/`;
  const { signal } = run.context;
  let response: GitHttpResponse;
  try {
    response = await run.context.http(request, signal);
  } catch {
    signal.throwIfAborted();
    const host = /^https?:\/\/(?:[^@/]*@)?([^/:]+)/.exec(url)?.[1] ?? url;
    throw new Fatal(`unable to access '${shown}': Could not resolve host: ${host}`);
  }
  if (response.status === 200) return response;
  const parts: string[] = [];
  for await (const chunk of response.body) parts.push(decoder.decode(chunk));
  const plain = response.headers["content-type"]?.startsWith("text/plain");
  const message = plain ? parts.join("").trim() : "";
  const before =
    message === ""
      ? ""
      : message
          .split("\n")
          .map((line) => `remote: ${line}\n`)
          .join("");
  if (response.status === 404) throw new Fatal(`repository '${shown}' not found`, { before });
  if (response.status === 401) throw new Fatal(`Authentication failed for '${shown}'`, { before });
  throw new Fatal(`unable to access '${shown}': The requested URL returned error: ${response.status}`, { before });
}

/** Cuts a stream of bytes into packets; flush packets are left out. */
class PacketStream {
  private pending = new Uint8Array();

  feed(chunk: Uint8Array): Uint8Array[] {
    const joined = new Uint8Array(this.pending.byteLength + chunk.byteLength);
    joined.set(this.pending);
    joined.set(chunk, this.pending.byteLength);
    const packets: Uint8Array[] = [];
    let at = 0;
    while (at + 4 <= joined.byteLength) {
      const length = Number.parseInt(decoder.decode(joined.subarray(at, at + 4)), 16);
      if (Number.isNaN(length)) throw new Fatal("protocol error: bad line length character");
      if (length >= 4 && at + length > joined.byteLength) break;
      if (length >= 4) packets.push(joined.slice(at + 4, at + length));
      at += Math.max(length, 4);
    }
    this.pending = joined.slice(at);
    return packets;
  }
}

function packet(text: string): Uint8Array {
  const data = encoder.encode(text);
  const framed = new Uint8Array(data.byteLength + 4);
  framed.set(encoder.encode((data.byteLength + 4).toString(16).padStart(4, "0")));
  framed.set(data, 4);
  return framed;
}

/** Smart HTTP (gitprotocol-http(5)) for the repositories of the platform's apps. */

import type { FileTree } from "../files/tree";
import { BareRepository, repositoryPath, ZERO_OID } from "./bare-repository";
import { concatenate, FLUSH, ProtocolError, packet } from "./pkt-line";
import type { BuildPlatform, GitHttpRequest, GitHttpResponse } from "./ports";
import { parsePushRequest, RECEIVE_CAPABILITIES, receivePack } from "./receive-pack";
import { UPLOAD_CAPABILITIES, uploadPack } from "./upload-pack";

export interface GitServerOptions {
  /** The server's own tree; bare repositories live at `/srv/git/<app id>.git`. */
  readonly files: FileTree;
  readonly platform: BuildPlatform;
}

const SERVICES = ["git-receive-pack", "git-upload-pack"] as const;
type Service = (typeof SERVICES)[number];

export class GitServer {
  private readonly files: FileTree;
  private readonly platform: BuildPlatform;
  /** Pushes to one app wait for each other. */
  private readonly queues = new Map<string, Promise<void>>();

  constructor(options: GitServerOptions) {
    this.files = options.files;
    this.platform = options.platform;
  }

  /**
   * Answers `/<app>.git/info/refs?service=…`, `/<app>.git/git-receive-pack` and `/<app>.git/git-upload-pack`.
   * A refused request is a response. `signal` stands for the client's connection: when it aborts, a running build does too.
   */
  async handle(request: GitHttpRequest, signal: AbortSignal): Promise<GitHttpResponse> {
    const url = new URL(request.url, "https://git.heroku.com");
    const match = /^\/([^/]+?)(?:\.git)?\/(info\/refs|git-receive-pack|git-upload-pack)$/.exec(url.pathname);
    if (!match) return text(404, "Not Found", "Not Found\n");
    const [, name = "", resource = ""] = match;
    const app = this.platform.app(decodeURIComponent(name));
    // The words of git.heroku.com; Git shows a plain text body line by line after `remote: `.
    if (!app) return text(404, "Not Found", `!\tNo such app as ${decodeURIComponent(name)}.\n`);
    const repository = new BareRepository(this.files, app.id);
    if (resource === "info/refs") {
      if (request.method !== "GET") return text(405, "Method Not Allowed", "Method Not Allowed\n");
      const service = SERVICES.find((each) => each === url.searchParams.get("service"));
      if (!service) return text(403, "Forbidden", "Please upgrade your git client.\n");
      return answer(`application/x-${service}-advertisement`, once(advertisement(repository, service)));
    }
    if (request.method !== "POST") return text(405, "Method Not Allowed", "Method Not Allowed\n");
    try {
      const message = await readBody(request, signal);
      const body =
        resource === "git-receive-pack"
          ? this.inTurn(app.id, receivePack(repository, parsePushRequest(message), this.platform, signal), signal)
          : uploadPack(repository, message, signal);
      return answer(`application/x-${resource}-result`, body);
    } catch (error) {
      if (error instanceof ProtocolError) return text(400, "Bad Request", `${error.message}\n`);
      throw error;
    }
  }

  /** Forgets the repository of an app that was destroyed. */
  remove(app: string): void {
    const path = repositoryPath(app);
    if (this.files.exists(path)) this.files.remove(path, { recursive: true });
  }

  private async *inTurn(
    app: string,
    body: AsyncGenerator<Uint8Array, void, undefined>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const before = this.queues.get(app) ?? Promise.resolve();
    const { promise: turn, resolve: done } = Promise.withResolvers<void>();
    const mine = before.then(() => turn);
    this.queues.set(app, mine);
    try {
      await abortable(before, signal);
      yield* body;
    } finally {
      done();
      if (this.queues.get(app) === mine) this.queues.delete(app);
    }
  }
}

/** The references as a client first sees them. */
function advertisement(repository: BareRepository, service: Service): Uint8Array {
  const refs = repository.refs();
  const lines: [name: string, oid: string][] = [...refs];
  const head = repository.exists ? repository.headRef : "refs/heads/main";
  let capabilities = RECEIVE_CAPABILITIES;
  if (service === "git-upload-pack") {
    const oid = refs.get(head);
    if (oid) lines.unshift(["HEAD", oid]);
    capabilities = `${UPLOAD_CAPABILITIES}${oid ? ` symref=HEAD:${head}` : ""}`;
  }
  const first = lines[0] ?? ["capabilities^{}", ZERO_OID];
  return concatenate([
    packet(`# service=${service}\n`),
    FLUSH,
    packet(`${first[1]} ${first[0]}\0${capabilities}\n`),
    ...lines.slice(1).map(([name, oid]) => packet(`${oid} ${name}\n`)),
    FLUSH,
  ]);
}

async function readBody(request: GitHttpRequest, signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of request.body ?? []) {
    signal.throwIfAborted();
    parts.push(part);
  }
  const whole = concatenate(parts);
  const encoding = Object.entries(request.headers).find(([name]) => name.toLowerCase() === "content-encoding")?.[1];
  if (encoding !== "gzip" && encoding !== "x-gzip") return whole;
  try {
    const stream = new Blob([whole]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new ProtocolError("request ended in the middle of the gzip stream");
  }
}

function answer(type: string, body: AsyncIterable<Uint8Array>): GitHttpResponse {
  return { status: 200, statusText: "OK", headers: { "content-type": type, "cache-control": "no-cache" }, body };
}

function text(status: number, statusText: string, body: string): GitHttpResponse {
  return {
    status,
    statusText,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: once(new TextEncoder().encode(body)),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

/** Resolves with `promise`, or rejects as soon as the signal aborts. */
async function abortable(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

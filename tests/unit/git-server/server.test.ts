import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FileTree } from "../../../src/files/tree";
import { packet, sideBand } from "../../../src/git-server/pkt-line";
import type { BuildPlatform, GitHttpResponse } from "../../../src/git-server/ports";
import { GitServer } from "../../../src/git-server/server";
import { GitSourceTree } from "../../../src/git-server/source-tree";
import { learner } from "../git/learner";

const decoder = new TextDecoder();

function serving(build: BuildPlatform["build"]) {
  const files = new FileTree();
  const app = (name: string) => (name === "hola" ? { id: "id", name, host: "hola.herokuapp.com" } : undefined);
  return { files, server: new GitServer({ files, platform: { app, build } }), source: new GitSourceTree(files) };
}

const built: BuildPlatform["build"] = async () => ({ status: "built", release: 1, slug: "s" });

async function read(response: GitHttpResponse): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of response.body) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

async function* body(bytes: Uint8Array, size = bytes.byteLength): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

/** The body of a real push of one commit, as our own client sends it. */
async function recordedPush(prepare?: (me: ReturnType<typeof learner>) => Promise<void>) {
  const { server } = serving(built);
  const sent: Uint8Array[] = [];
  const me = learner({
    http: async (request, signal) => {
      const parts: Uint8Array[] = [];
      for await (const part of request.body ?? []) parts.push(part);
      if (request.method === "POST") sent.push(...parts);
      return server.handle({ ...request, body: body(Buffer.concat(parts)) }, signal);
    },
  });
  await me.git("init");
  me.files.writeFile(`${me.cwd}/app.py`, "app = 1\n", { mode: 0o755 });
  await prepare?.(me);
  await me.git("add", ".");
  await me.git("commit", "-m", "uno");
  await me.git("push", "https://git.heroku.com/hola.git", "main");
  const oid = (await me.git("rev-parse", "HEAD")).stdout.trim();
  return { bytes: new Uint8Array(Buffer.concat(sent)), oid };
}

const idle = new AbortController().signal;
const post = (bytes: Uint8Array, headers: Record<string, string> = {}, size?: number) => ({
  url: "https://git.heroku.com/hola.git/git-receive-pack",
  method: "POST",
  headers: { "content-type": "application/x-git-receive-pack-request", ...headers },
  body: body(bytes, size),
});

describe("GitServer", () => {
  it("offers an empty repository with its capabilities", async () => {
    const { server } = serving(built);
    const url = "/hola.git/info/refs?service=git-receive-pack";
    const response = await server.handle({ url, method: "GET", headers: {} }, idle);
    expect(response.status).toBe(200);
    expect(response.headers["content-type"]).toBe("application/x-git-receive-pack-advertisement");
    const text = decoder.decode(await read(response));
    expect(text).toMatch(
      /^001f# service=git-receive-pack\n0000[0-9a-f]{4}0{40} capabilities\^\{\}\0.*report-status.*side-band-64k/,
    );
    expect(text.endsWith("0000")).toBe(true);
  });

  it("refuses what is not smart HTTP", async () => {
    const { server } = serving(built);
    const status = async (url: string, method = "GET") =>
      (await server.handle({ url, method, headers: {} }, idle)).status;
    expect(await status("/hola.git/info/refs")).toBe(403);
    expect(await status("/hola.git/HEAD")).toBe(404);
    expect(await status("/hola.git/git-receive-pack")).toBe(405);
    expect(await status("/nada.git/info/refs?service=git-receive-pack")).toBe(404);
    const broken = await server.handle(post(new TextEncoder().encode("zzzz")), idle);
    expect(broken.status).toBe(400);
  });

  it("answers the probe of a client", async () => {
    const { server, files } = serving(built);
    const response = await server.handle(post(new TextEncoder().encode("0000")), idle);
    expect(response.status).toBe(200);
    expect((await read(response)).byteLength).toBe(0);
    expect(files.exists("/srv/git/id.git")).toBe(false);
  });

  it("takes compressed and chunked bodies, and reports without a side band", async () => {
    const push = await recordedPush();
    for (const [bytes, headers] of [
      [push.bytes, {}],
      [gzipSync(push.bytes), { "Content-Encoding": "gzip" }],
    ] as const) {
      const { server, source } = serving(built);
      const response = await server.handle(post(new Uint8Array(bytes), headers, 7), idle);
      expect(decoder.decode(await read(response))).toContain("unpack ok\n");
      expect((await source.read("id", push.oid)).get("app.py")).toMatchObject({ executable: true });
    }
    // The same command without capabilities but report-status.
    const text = decoder.decode(push.bytes.subarray(0, push.bytes.indexOf(0)));
    const end = Number.parseInt(text.slice(0, 4), 16);
    const command = packet(`${text.slice(4)}\0report-status`);
    const plain = new Uint8Array(Buffer.concat([command, push.bytes.subarray(end)]));
    const { server } = serving(async (_request, output) => {
      output.line("not shown");
      return { status: "built", release: 1, slug: "s" };
    });
    expect(decoder.decode(await read(await server.handle(post(plain), idle)))).toBe(
      "000eunpack ok\n0017ok refs/heads/main\n0000",
    );
  });

  it("does not keep a pack that was damaged on the way", async () => {
    const push = await recordedPush();
    const { server, files } = serving(built);
    const damaged = push.bytes.slice();
    damaged[damaged.byteLength - 30] = (damaged[damaged.byteLength - 30] ?? 0) ^ 0xff;
    const answer = decoder.decode(await read(await server.handle(post(damaged), idle)));
    expect(answer).toContain("unpack index-pack abnormal exit\n");
    expect(answer).toContain("ng refs/heads/main unpacker error\n");
    expect(files.readDirectory("/srv/git/id.git/objects/pack")).toEqual([]);
    expect(files.exists("/srv/git/id.git/incoming")).toBe(false);
  });

  it("cancels the build when the reader stops", async () => {
    const push = await recordedPush();
    const aborted = Promise.withResolvers<void>();
    const { server, files } = serving((_request, output, signal) => {
      output.line("hola");
      return new Promise((_resolve, reject) =>
        signal?.addEventListener("abort", () => {
          aborted.resolve();
          reject(signal.reason);
        }),
      );
    });
    const response = await server.handle(post(push.bytes), idle);
    for await (const _chunk of response.body) break;
    await aborted.promise;
    expect(files.readDirectory("/srv/git/id.git/refs/heads")).toEqual([]);
  });

  it("lets pushes to one app wait for each other", async () => {
    const push = await recordedPush();
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    let builds = 0;
    const { server } = serving(async () => {
      const number = ++builds;
      order.push(`start ${number}`);
      await gate.promise;
      order.push(`end ${number}`);
      return { status: "built", release: number, slug: "s" };
    });
    const [one, two] = [
      read(await server.handle(post(push.bytes), idle)),
      read(await server.handle(post(push.bytes), idle)),
    ];
    gate.resolve();
    await one;
    // The second was planned against a repository that has changed since.
    expect(decoder.decode(await two)).toContain("ng refs/heads/main fetch first\n");
    expect(order).toEqual(["start 1", "end 1"]);
  });

  it("reads links as the files that they point to", async () => {
    const push = await recordedPush(async (me) => {
      me.files.makeDirectory(`${me.cwd}/a`);
      me.files.symlink("../app.py", `${me.cwd}/a/enlace.py`);
      me.files.symlink("/etc/passwd", `${me.cwd}/fuera`);
      me.files.symlink("lazo", `${me.cwd}/lazo`);
    });
    const { server, source } = serving(built);
    await read(await server.handle(post(push.bytes), idle));
    const files = await source.read("id", push.oid);
    expect([...files.keys()].sort()).toEqual(["a/enlace.py", "app.py"]);
    expect(decoder.decode(files.get("a/enlace.py")?.data)).toBe("app = 1\n");
    await expect(source.read("id", "0".repeat(40))).rejects.toThrow();
  });

  it("forgets the repository of a destroyed app", async () => {
    const push = await recordedPush();
    const { server, files } = serving(built);
    await read(await server.handle(post(push.bytes), idle));
    server.remove("id");
    expect(files.exists("/srv/git/id.git")).toBe(false);
  });
});

describe("side band", () => {
  it("splits what does not fit into one packet", () => {
    const bytes = sideBand(2, new Uint8Array(70_000).fill(97));
    expect(decoder.decode(bytes.subarray(0, 5))).toBe("fff0\u0002");
    expect(bytes.byteLength).toBe(70_000 + 2 * 5);
  });
});

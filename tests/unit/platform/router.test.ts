import { describe, expect, it } from "vitest";
import { DynoGone, type DynoRequest } from "../../../src/platform/ports";
import {
  createTestPlatform,
  type FakeProgram,
  type FakeResponse,
  FakeRuntime,
  settle,
  type TestPlatform,
} from "./doubles";

const SECOND = 1_000;
const encoder = new TextEncoder();

async function deployed(program: FakeProgram = {}): Promise<TestPlatform> {
  const runtime = new FakeRuntime();
  runtime.program = program;
  const test = await createTestPlatform({ runtime });
  await test.api("POST", "/apps", { name: "hola" });
  await test.push("hola");
  return test;
}

async function routerLines({ log }: TestPlatform): Promise<string[]> {
  return (await log("hola")).filter((line) => line.startsWith("heroku[router]: ")).map((line) => line.slice(16));
}

async function scaleWeb({ api }: TestPlatform, quantity: number): Promise<void> {
  await api("PATCH", "/apps/hola/formation/web", { quantity, size: quantity > 1 ? "standard-1x" : "basic" });
  await settle();
}

/** A handler whose answers come when the test says so. */
function manual() {
  const waiting: { readonly target: string; readonly answer: (response: FakeResponse) => void }[] = [];
  const handle = ({ target }: DynoRequest) =>
    new Promise<FakeResponse>((resolve) => waiting.push({ target, answer: resolve }));
  const answer = async (response: FakeResponse = { body: "por fin" }) => {
    waiting.shift()?.answer(response);
    await settle();
  };
  return { handle, answer, waiting };
}

describe("pages of the router itself", () => {
  it("says that there is nothing at the address of no app", async () => {
    const { fetch } = await createTestPlatform();
    const response = await fetch("nadie");
    expect(response.status).toBe(404);
    expect(response.text).toContain("There's nothing here, yet.");
  });

  it("welcomes to an app without code (H81)", async () => {
    const test = await createTestPlatform();
    await test.api("POST", "/apps", { name: "hola" });
    expect(await test.fetch("hola")).toMatchObject({ status: 502, code: "H81" });
    const [line] = await routerLines(test);
    expect(line).toContain('at=info code=H81 desc="Blank app" method=GET path="/"');
  });

  it("answers H14 without web dynos", async () => {
    const test = await deployed();
    await scaleWeb(test, 0);
    expect(await test.fetch("hola")).toMatchObject({ status: 503, code: "H14" });
    const [line] = await routerLines(test);
    expect(line).toMatch(
      /^at=error code=H14 desc="No web processes running" method=GET path="\/" host=\S+ request_id=\S+ fwd="203.0.113.7" dyno= connect= service= status=503 bytes= protocol=http1.1 tls=true tls_version=tls1.3$/,
    );
  });

  it("answers H14 when the Procfile names no web process", async () => {
    const test = await createTestPlatform();
    await test.api("POST", "/apps", { name: "hola" });
    const { result } = await test.push("hola", { "requirements.txt": "Flask\n" });
    expect(result.status).toBe("built");
    expect(await test.fetch("hola")).toMatchObject({ status: 503, code: "H14" });
  });

  it("answers H10 when the dyno crashed, and not while it starts again", async () => {
    const test = await deployed({ boot: 1 });
    const response = await test.fetch("hola");
    expect(response).toMatchObject({ status: 503, code: "H10" });
    expect(response.text).toContain("Application error");
    expect((await routerLines(test))[0]).toContain('at=error code=H10 desc="App crashed" method=GET');
  });

  it("answers H80 in maintenance mode", async () => {
    const test = await deployed();
    await test.api("PATCH", "/apps/hola", { maintenance: true });
    expect(await test.fetch("hola")).toMatchObject({ status: 503, code: "H80" });
    await test.api("PATCH", "/apps/hola", { maintenance: false });
    expect(await test.fetch("hola")).toMatchObject({ status: 200 });
  });
});

describe("waiting for a dyno", () => {
  it("holds a request until the dyno is up", async () => {
    const test = await deployed({ boot: "silent" });
    const response = test.fetch("hola");
    await test.clock.advance(20 * SECOND);
    test.runtime.process("web.1").listen();
    expect(await response).toMatchObject({ status: 200, text: "web.1" });
  });

  it("answers H20 after 75 seconds", async () => {
    const test = await deployed({ boot: "silent" });
    const response = test.fetch("hola");
    await test.clock.advance(75 * SECOND);
    expect(await response).toMatchObject({ status: 503, code: "H20" });
  });

  it("answers H10 as soon as the dyno has crashed for good", async () => {
    const test = await deployed({ boot: "silent" });
    const response = test.fetch("hola");
    await settle();
    test.runtime.process("web.1").exit(1);
    await settle();
    test.runtime.process("web.1").exit(1);
    expect(await response).toMatchObject({ status: 503, code: "H10" });
  });
});

describe("an app that is destroyed", () => {
  it("answers those who wait as if it had never been", async () => {
    const test = await deployed({ boot: "silent" });
    const response = test.fetch("hola");
    await settle();
    await test.api("DELETE", "/apps/hola");
    expect(await response).toMatchObject({ status: 404 });
  });
});

describe("a slow or dying application", () => {
  it("gets H12 after 30 seconds and stays busy until it has answered", async () => {
    const { handle, answer, waiting } = manual();
    const test = await deployed({ handle });
    const slow = test.fetch("hola", "/lento");
    await test.clock.advance(30 * SECOND);
    expect(await slow).toMatchObject({ status: 503, code: "H12", dyno: "web.1" });
    expect((await routerLines(test))[0]).toContain('at=error code=H12 desc="Request timeout" method=GET path="/lento"');
    expect((await routerLines(test))[0]).toContain("dyno=web.1 connect=0ms service=30000ms status=503 bytes=0");

    const next = test.fetch("hola", "/rapido");
    await settle();
    expect(waiting.map(({ target }) => target)).toEqual(["/lento"]);
    await answer();
    expect(waiting.map(({ target }) => target)).toEqual(["/rapido"]);
    await answer();
    expect(await next).toMatchObject({ status: 200, text: "por fin" });
  });

  it("gives H12 to those who queue behind it, too", async () => {
    const test = await deployed({ handle: manual().handle });
    const requests = [test.fetch("hola", "/uno"), test.fetch("hola", "/dos")];
    await test.clock.advance(30 * SECOND);
    expect((await Promise.all(requests)).map(({ code }) => code)).toEqual(["H12", "H12"]);
    expect(test.runtime.process("web.1").requests).toHaveLength(1);
  });

  it("gets H13 when the process dies before it answers; who was still queueing goes to the next process", async () => {
    const { handle, answer } = manual();
    const test = await deployed({ handle });
    const first = test.fetch("hola", "/uno");
    const second = test.fetch("hola", "/dos");
    await settle();
    test.runtime.process("web.1").exit(139);
    expect(await first).toMatchObject({ status: 503, code: "H13" });
    await settle();
    await answer();
    await answer();
    expect(await second).toMatchObject({ status: 200 });
    expect((await routerLines(test))[0]).toContain('code=H13 desc="Connection closed without response"');
  });

  it("recovers from an endless loop by ps:restart", async () => {
    const test = await deployed({ handle: manual().handle, term: "ignore" });
    const stuck = test.fetch("hola");
    await settle();
    test.runtime.program = {};
    await test.api("DELETE", "/apps/hola/dynos/web.1");
    const waiting = test.fetch("hola", "/despues");
    await test.clock.advance(30 * SECOND);
    expect((await stuck).status).toBe(503);
    expect(await waiting).toMatchObject({ status: 200, text: "web.1" });
  });

  it("passes the break on when the process dies in the middle of a body (H18)", async () => {
    async function* half(): AsyncGenerator<Uint8Array> {
      yield encoder.encode("la mitad");
      await new Promise(() => undefined);
    }
    const test = await deployed({ handle: () => ({ body: half() }) });
    const response = await test.platform.route({
      app: "hola",
      method: "GET",
      target: "/",
      headers: [],
      body: new Uint8Array(),
    });
    const body = response.body[Symbol.asyncIterator]();
    expect((await body.next()).value).toEqual(encoder.encode("la mitad"));
    const rest = body.next();
    rest.catch(() => undefined);
    test.runtime.process("web.1").exit(1);
    await expect(rest).rejects.toBeInstanceOf(DynoGone);
    expect((await routerLines(test))[0]).toMatch(/^sock=backend at=error code=H18 .* status=200 bytes=8 /);
  });

  it("writes H27 when the client leaves, and throws the signal's reason", async () => {
    const { handle, answer } = manual();
    const test = await deployed({ handle });
    const abort = new AbortController();
    const request = { app: "hola", method: "GET", target: "/", headers: [], body: new Uint8Array() };
    const response = test.platform.route(request, abort.signal);
    await settle();
    abort.abort(new Error("cerró la pestaña"));
    await expect(response).rejects.toThrow("cerró la pestaña");
    expect((await routerLines(test))[0]).toMatch(/^sock=client at=warning code=H27 .* status=499 /);
    await answer();
    const next = test.fetch("hola");
    await settle();
    await answer();
    expect((await next).status).toBe(200);
  });
});

describe("several dynos", () => {
  it("share the requests at random", async () => {
    const test = await deployed();
    await scaleWeb(test, 2);
    const served = new Map<string, number>();
    for (let count = 0; count < 100; count += 1) {
      const { text } = await test.fetch("hola");
      served.set(text, (served.get(text) ?? 0) + 1);
    }
    expect([...served.keys()].sort()).toEqual(["web.1", "web.2"]);
    for (const count of served.values()) expect(count).toBeGreaterThan(25);
  });

  it("one that is stuck does not stop the other", async () => {
    const test = await deployed({
      handle: (_, { spec }) => (spec.name === "web.1" ? new Promise(() => undefined) : {}),
    });
    await scaleWeb(test, 2);
    const requests = Array.from({ length: 20 }, () => test.fetch("hola"));
    await test.clock.advance(30 * SECOND);
    const codes = (await Promise.all(requests)).map(({ code, dyno }) => `${dyno} ${code}`);
    expect(new Set(codes)).toEqual(new Set(["web.1 H12", "web.2 undefined"]));
  });
});

describe("headers", () => {
  it("are those of the router", async () => {
    const test = await deployed({
      handle: () => ({
        headers: [
          ["Content-Type", "text/plain"],
          ["Connection", "close, X-Salto"],
          ["Keep-Alive", "timeout=5"],
          ["X-Salto", "1"],
          ["Transfer-Encoding", "chunked"],
        ],
      }),
    });
    const response = await test.fetch("hola", "/", {
      client: "198.51.100.4",
      headers: [
        ["accept", "*/*"],
        ["host", "localhost:4322"],
        ["connection", "keep-alive"],
        ["x-forwarded-for", "192.0.2.1"],
        ["x-request-id", "0123456789-0123456789"],
      ],
    });
    expect(response.headers).toEqual([
      ["Content-Type", "text/plain"],
      ["Via", "1.1 heroku-router"],
    ]);
    expect(test.runtime.process("web.1").requests[0]?.headers).toEqual([
      ["Host", test.platform.app("hola")?.host],
      ["accept", "*/*"],
      ["X-Request-Id", "0123456789-0123456789"],
      ["X-Forwarded-For", "192.0.2.1, 198.51.100.4"],
      ["X-Forwarded-Proto", "https"],
      ["X-Forwarded-Port", "443"],
      ["Via", "1.1 heroku-router"],
      ["X-Request-Start", String(test.clock.now())],
    ]);
    expect((await routerLines(test))[0]).toContain(
      'request_id=0123456789-0123456789 fwd="192.0.2.1, 198.51.100.4" dyno=web.1',
    );
  });
});

describe("a large body", () => {
  it("is held back when nobody reads it, and the client is given up after 55 seconds (H28)", async () => {
    let produced = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      while (true) {
        produced += 1;
        yield new Uint8Array(64 * 1024);
      }
    }
    const test = await deployed({ handle: () => ({ body: endless() }) });
    await test.platform.route({ app: "hola", method: "GET", target: "/", headers: [], body: new Uint8Array() });
    await settle();
    await settle();
    expect(produced).toBeLessThan(30);
    await test.clock.advance(55 * SECOND);
    expect((await routerLines(test))[0]).toContain("sock=client at=warning code=H28");
    expect(test.runtime.process("web.1").running).toBe(0);
  });
});

describe("a probe", () => {
  it("leaves no trace in log and cookies", async () => {
    const test = await deployed({
      handle: (_, process) => {
        process.print("GET / 200");
        return { headers: [["Set-Cookie", "visita=1"]] };
      },
    });
    const before = await test.log("hola");
    expect((await test.fetch("hola", "/", { probe: true })).status).toBe(200);
    expect(await test.log("hola")).toEqual(before);
    await test.fetch("hola");
    const fields = test.runtime.process("web.1").requests.map(({ headers }) => headers.map(([name]) => name));
    expect(fields.flat()).not.toContain("Cookie");
    expect(await test.log("hola")).toContain("app[web.1]: GET / 200");
  });
});

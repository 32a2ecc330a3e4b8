import { describe, expect, it } from "vitest";
import { createTestPlatform, type TestPlatform } from "./doubles";

async function deployed(): Promise<TestPlatform> {
  const test = await createTestPlatform();
  await test.api("POST", "/apps", { name: "hola" });
  await test.push("hola");
  return test;
}

describe("refusals", () => {
  it.each([
    ["GET", "/apps/nadie", undefined, 404, "not_found", "Couldn't find that app."],
    ["GET", "/apps/hola/releases/99", undefined, 404, "not_found", "Couldn't find that release."],
    ["DELETE", "/apps/hola/dynos/web.9", undefined, 404, "not_found", "Couldn't find that dyno."],
    ["PATCH", "/apps/hola/formation/w", { quantity: 1 }, 404, "not_found", "Couldn't find that process type (w)."],
    ["DELETE", "/apps/hola/formations/w", undefined, 404, "not_found", "Couldn't find that process type (w)."],
    ["POST", "/apps", { name: "hola" }, 422, "invalid_params", "Name hola is already taken"],
    ["POST", "/apps", { name: "ab" }, 422, "invalid_params", "Name is too short (minimum is 3 characters)"],
    ["POST", "/apps", { name: "a".repeat(31) }, 422, "invalid_params", "Name is too long (maximum is 30 characters)"],
    [
      "POST",
      "/apps",
      { name: "Mi_App" },
      422,
      "invalid_params",
      "Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.",
    ],
    ["POST", "/apps", { name: "otra", region: "marte" }, 404, "not_found", "Couldn't find that region."],
  ] as const)("%s %s %j", async (method, path, body, status, id, message) => {
    const { api } = await deployed();
    expect(await api(method, path, body)).toMatchObject({ status, body: { id, message } });
  });

  it("are given for a body of the wrong shape and for an unknown address", async () => {
    const { api } = await deployed();
    expect(await api("PATCH", "/apps/hola/formation", { updates: [{ type: "web", quantity: "dos" }] })).toMatchObject({
      status: 422,
      body: { id: "invalid_params", message: expect.stringContaining("updates.0.quantity") },
    });
    expect(await api("GET", "/nada")).toMatchObject({ status: 404, body: { id: "not_found" } });
    expect((await api("GET", "/apps/__proto__")).status).toBe(404);
    expect((await api("GET", "/apps/hola/slugs/constructor")).status).toBe(404);
  });
});

describe("resources", () => {
  it("an app", async () => {
    const { api, platform } = await deployed();
    const { body } = await api("GET", "/apps/hola");
    expect(body).toMatchObject({
      name: "hola",
      git_url: "https://git.heroku.com/hola.git",
      web_url: `https://${platform.app("hola")?.host}/`,
      owner: { email: "ana@example.com" },
      slug_size: 22_229_811,
      buildpack_provided_description: "Python",
      created_at: "2026-11-23T15:00:00Z",
      maintenance: false,
    });
    expect((await api("GET", "/users/~/apps")).body).toEqual([body]);
  });

  it("a formation and a dyno", async () => {
    const { api } = await deployed();
    expect((await api("GET", "/apps/hola/formation")).body).toMatchObject([
      { type: "web", quantity: 1, size: "Basic", command: "gunicorn app:app", app: { name: "hola" } },
    ]);
    expect((await api("GET", "/apps/hola/dynos?extended=true")).body).toMatchObject([
      { name: "web.1", type: "web", state: "up", size: "Basic", command: "gunicorn app:app", release: { version: 3 } },
    ]);
  });

  it("a build and a slug", async () => {
    const { api } = await deployed();
    const { body } = await api("GET", "/apps/hola/builds");
    expect(body).toMatchObject([
      { status: "succeeded", source_blob: { version: "0".repeat(7).concat("1").repeat(5) } },
    ]);
    const [release] = [(await api("GET", "/apps/hola/releases/3")).body];
    const id = release && typeof release === "object" && "slug" in release ? release.slug : undefined;
    const slug = typeof id === "object" && id && "id" in id ? id.id : undefined;
    expect((await api("GET", `/apps/hola/slugs/${slug}`)).body).toMatchObject({
      commit: "0".repeat(7).concat("1").repeat(5),
      process_types: { web: "gunicorn app:app" },
    });
  });

  it("releases, newest first and a page at a time", async () => {
    const { api } = await deployed();
    const first = await api("GET", "/apps/hola/releases", undefined, { range: "version ..; max=2, order=desc" });
    expect(first.status).toBe(206);
    expect(first.body).toMatchObject([
      { version: 3, description: "Deploy 00000001", current: true, user: { email: "ana@example.com" } },
      { version: 2, description: "Enable Logplex", current: false },
    ]);
    const range = first.headers["next-range"] ?? "";
    const second = await api("GET", "/apps/hola/releases", undefined, { range });
    expect(second).toMatchObject({ status: 200, body: [{ version: 1, description: "Initial release" }] });
    const all = await api("GET", "/apps/hola/releases");
    expect(all.body).toMatchObject([{ version: 1 }, { version: 2 }, { version: 3 }]);
  });

  it("what an app does not have", async () => {
    const { api } = await deployed();
    expect((await api("GET", "/apps/hola/addons")).body).toEqual([]);
    expect((await api("GET", "/apps/hola/pipeline-couplings")).status).toBe(404);
    expect((await api("GET", "/account")).body).toMatchObject({ email: "ana@example.com" });
    expect((await api("GET", "/regions")).body).toMatchObject([{ name: "us" }, { name: "eu" }]);
    expect((await api("GET", "/stacks")).body).toContainEqual(expect.objectContaining({ name: "heroku-26" }));
  });
});

describe("log sessions", () => {
  async function stream({ platform, api }: TestPlatform, wanted: unknown, signal?: AbortSignal) {
    const { status, body } = await api("POST", "/apps/hola/log-sessions", wanted);
    expect(status).toBe(201);
    const address = typeof body === "object" && body && "logplex_url" in body ? String(body.logplex_url) : "";
    const { pathname, search } = new URL(address);
    const response = await platform.api({ method: "GET", path: pathname + search }, signal);
    if (response.kind !== "stream") throw new Error("not a stream");
    return response.lines;
  }

  it("give the last lines of what was asked for", async () => {
    const test = await deployed();
    const lines: string[] = [];
    for await (const line of await stream(test, { lines: 2, source: "heroku", dyno: "web.1" })) lines.push(line);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(
      /^2026-11-23T15:00:00\.00\d{4}\+00:00 heroku\[web\.1\]: State changed from starting to up$/,
    );
  });

  it("go on until the signal aborts", async () => {
    const test = await deployed();
    const abort = new AbortController();
    const lines: string[] = [];
    const followed = await stream(test, { lines: 0, tail: true, type: "web" }, abort.signal);
    const web = test.runtime.process("web.1");
    const reading = (async () => {
      for await (const line of followed) {
        lines.push(line.slice(line.indexOf(" ") + 1));
        if (lines.length === 1) web.print("dos");
        else abort.abort();
      }
    })();
    web.print("uno");
    await reading;
    web.print("tres");
    expect(lines).toEqual(["app[web.1]: uno", "app[web.1]: dos"]);
  });

  it("end with their app, and expire", async () => {
    const test = await deployed();
    const lines = await stream(test, { lines: 0, tail: true });
    const reading = (async () => {
      for await (const _line of lines);
      return "ended";
    })();
    await test.api("DELETE", "/apps/hola");
    expect(await reading).toBe("ended");
    expect((await test.api("GET", "/streams/nada")).status).toBe(404);

    const other = await deployed();
    const { body } = await other.api("POST", "/apps/hola/log-sessions", {});
    await other.clock.advance(5 * 60_000);
    const id = typeof body === "object" && body && "id" in body ? body.id : "";
    expect((await other.api("GET", `/streams/${id}`)).status).toBe(404);
  });
});

import { describe, expect, it } from "vitest";
import type { Buildpack } from "../../../src/platform/buildpacks/buildpack";
import { APP_FILES, createTestPlatform, fakeBuildpack, settle, type TestPlatform } from "./doubles";

async function created(): Promise<TestPlatform> {
  const test = await createTestPlatform();
  await test.api("POST", "/apps", { name: "hola" });
  return test;
}

function app({ platform }: TestPlatform) {
  const found = Object.values(platform.state.apps).find(({ name }) => name === "hola");
  if (!found) throw new Error("the app is gone");
  return found;
}

function quantities(test: TestPlatform): Record<string, string> {
  const entries = Object.values(app(test).formation);
  return Object.fromEntries(entries.map(({ type, quantity, size }) => [type, `${quantity}:${size}`]));
}

describe("an app", () => {
  it("gets a random name and a host with twelve hexadecimal digits", async () => {
    const { api } = await createTestPlatform();
    const { body } = await api("POST", "/apps", {});
    expect(body).toMatchObject({
      name: expect.stringMatching(/^[a-z]+-[a-z]+-\d{5}$/),
      web_url: expect.stringMatching(/^https:\/\/[a-z]+-[a-z]+-\d{5}-[0-9a-f]{12}\.herokuapp\.com\/$/),
      region: { name: "us" },
      stack: { name: "heroku-26" },
    });
  });

  it("keeps its suffix when it is renamed", async () => {
    const test = await created();
    const { suffix } = app(test);
    const { body } = await test.api("PATCH", "/apps/hola", { name: "adios" });
    expect(body).toMatchObject({ name: "adios", web_url: `https://adios-${suffix}.herokuapp.com/` });
    expect((await test.api("GET", "/apps/hola")).status).toBe(404);
  });

  it("takes its dynos with it when it is destroyed", async () => {
    const test = await created();
    await test.push("hola");
    await test.api("DELETE", "/apps/hola");
    await settle();
    expect(test.platform.state).toEqual({ apps: {}, dynos: {} });
    expect(test.runtime.alive).toEqual([]);
    expect((await test.fetch("hola")).status).toBe(404);
  });
});

describe("a build", () => {
  it("uses the buildpack of the last one", async () => {
    const test = await created();
    await test.push("hola");
    const { lines, result } = await test.push("hola");
    expect(lines).toContain("-----> Using buildpack: heroku/python");
    expect(lines).not.toContain("-----> Determining which buildpack to use for this app");
    expect(result).toMatchObject({ release: 4 });
  });

  it("is rejected when no language is recognised", async () => {
    const test = await created();
    const { lines, result } = await test.push("hola", { "README.md": "hola" });
    expect(result.status).toBe("rejected");
    expect(lines.slice(5)).toEqual([
      " !     No default language could be detected for this app.",
      "                        HINT: This occurs when Heroku cannot detect the buildpack to use for this application automatically.",
      "                        See https://devcenter.heroku.com/articles/buildpacks",
      "",
      " !     Push failed",
      "Verifying deploy...",
      "",
      "!       Push rejected to hola.",
      "",
    ]);
    expect(app(test).releases).toHaveLength(2);
    expect(app(test).builds[0]?.outcome).toMatchObject({ status: "failed" });
    expect((await test.log("hola")).at(-1)).toMatch(
      /^app\[api\]: Build failed -- check your build output: https:\/\/dashboard\.heroku\.com\/apps\/[0-9a-f-]{36}\/activity\/builds\/[0-9a-f-]{36}$/,
    );
  });

  it("leaves the running release alone when it fails", async () => {
    const test = await created();
    await test.push("hola");
    await test.push("hola", { ...APP_FILES, "requirements.txt": "broken\n" });
    expect(await test.fetch("hola")).toMatchObject({ status: 200 });
    expect(test.runtime.processes).toHaveLength(1);
  });

  it("warns when the same commit fails again", async () => {
    const test = await created();
    const files = { "requirements.txt": "broken\n" };
    const first = await test.push("hola", files);
    expect(first.lines.join("\n")).not.toContain("has already been built");
    const { lines } = await test.push("hola", files, { commit: first.commit });
    expect(lines).toContain(` ! ## Warning - The same version of this code has already been built: ${first.commit}`);
    expect(lines.at(-2)).toBe("!       Push rejected to hola.");
  });

  it("does not happen for another branch", async () => {
    const test = await created();
    const { lines, result } = await test.push("hola", APP_FILES, { branch: "prueba" });
    expect(result).toEqual({ status: "skipped" });
    expect(lines).toEqual(["Pushed to non-main branch, skipping build."]);
    expect((await test.push("hola", APP_FILES, { branch: "master" })).result.status).toBe("built");
  });

  it("says that a Procfile is missing", async () => {
    const test = await created();
    const { lines } = await test.push("hola", { "requirements.txt": "Flask\n" });
    expect(lines).toContain("       Procfile declares types     -> (none)");
    expect(quantities(test)).toEqual({});
  });

  it("is rejected for a Procfile that cannot be read, and names the buildpack's own types", async () => {
    const test = await created();
    const { lines, result } = await test.push("hola", { ...APP_FILES, Procfile: "web gunicorn\n" });
    expect(result.status).toBe("rejected");
    expect(lines).toContain(" !     cannot read: web gunicorn");
    const node: Buildpack = {
      ...fakeBuildpack,
      async compile(context) {
        const result = await fakeBuildpack.compile(context);
        return result.status === "compiled" ? { ...result, defaultProcessTypes: { web: "npm start" } } : result;
      },
    };
    const other = await createTestPlatform({ tools: { buildpacks: [node] } });
    await other.api("POST", "/apps", { name: "hola" });
    const built = await other.push("hola", { "requirements.txt": "Flask\n" });
    expect(built.lines).toContain("       Procfile declares types     -> (none)");
    expect(built.lines).toContain("       Default types for buildpack -> web");
    expect(quantities(other)).toEqual({ web: "1:Basic" });
  });

  it("of one app waits for the one before, and can be cancelled", async () => {
    const test = await createTestPlatform({ pace: "real" });
    await test.api("POST", "/apps", { name: "hola" });
    const { id } = app(test);
    test.source.add(id, "a".repeat(40), APP_FILES);
    const abort = new AbortController();
    const first = test.platform.build({ app: id, commit: "a".repeat(40), branch: "main" }, { line() {} }, abort.signal);
    const second = test.platform.build({ app: id, commit: "a".repeat(40), branch: "main" }, { line() {} });
    await settle();
    expect(app(test).builds).toHaveLength(1);
    abort.abort(new Error("Ctrl-C"));
    await expect(first).rejects.toThrow("Ctrl-C");
    await test.clock.advance(1_000);
    expect(await second).toMatchObject({ status: "built", release: 3 });
    expect(app(test).builds.map(({ outcome }) => outcome.status)).toEqual(["failed", "succeeded"]);
  });
});

describe("the formation", () => {
  it("starts with one web dyno and none of the others", async () => {
    const test = await created();
    await test.push("hola", { ...APP_FILES, Procfile: "web: gunicorn app:app\nworker: python w.py\n" });
    expect(quantities(test)).toEqual({ web: "1:Basic", worker: "0:Basic" });
    expect(await test.log("hola")).toContain("app[api]: Scaled to web@1:Basic worker@0:Basic by user ana@example.com");
  });

  it("keeps quantities over a deploy and follows the Procfile", async () => {
    const test = await created();
    await test.push("hola", { ...APP_FILES, Procfile: "web: gunicorn app:app\nworker: python w.py\n" });
    await test.api("PATCH", "/apps/hola/formation/web", { quantity: 0 });
    await test.push("hola", { ...APP_FILES, Procfile: "web: python app.py\nclock: python c.py\n" });
    expect(quantities(test)).toEqual({ web: "0:Basic", clock: "0:Basic" });
    expect(app(test).formation.web?.command).toBe("python app.py");
  });

  it.each([
    [{ quantity: 2 }, "Cannot update to more than 1 Basic size dynos per process type."],
    [{ quantity: 2, size: "eco" }, "Cannot update to more than 1 Eco size dynos per process type."],
    [
      { quantity: 11, size: "performance-m" },
      "Cannot update to more than 10 Performance-M size dynos per process type.",
    ],
  ])("refuses %j", async (change, message) => {
    const test = await created();
    await test.push("hola");
    const { status, body } = await test.api("PATCH", "/apps/hola/formation", { updates: [{ type: "web", ...change }] });
    expect({ status, body }).toEqual({ status: 422, body: { id: "invalid_params", message } });
    expect(quantities(test)).toEqual({ web: "1:Basic" });
  });

  it("changes all or nothing", async () => {
    const test = await created();
    await test.push("hola");
    const { status, body } = await test.api("PATCH", "/apps/hola/formation", {
      updates: [
        { type: "web", quantity: 0 },
        { type: "fantasma", quantity: 1 },
      ],
    });
    expect(status).toBe(404);
    expect(body).toEqual({ id: "not_found", message: "Couldn't find that process type (fantasma)." });
    expect(quantities(test)).toEqual({ web: "1:Basic" });
  });

  it("does not grow over what the host can run", async () => {
    const test = await createTestPlatform({ maximumDynos: 2 });
    await test.api("POST", "/apps", { name: "hola" });
    await test.push("hola");
    const size = "standard-1x";
    expect((await test.api("PATCH", "/apps/hola/formation/web", { quantity: 2, size })).status).toBe(200);
    expect(await test.api("PATCH", "/apps/hola/formation/web", { quantity: 3 })).toMatchObject({
      status: 422,
      body: { message: "This simulation runs at most 2 dynos at once." },
    });
  });
});

describe("config vars", () => {
  it("make a release and restart the dynos", async () => {
    const test = await created();
    await test.push("hola");
    const { body } = await test.api("PATCH", "/apps/hola/config-vars", { DEBUG: "True", LONGER_KEY: "x" });
    await settle();
    expect(body).toEqual({ DEBUG: "True", LONGER_KEY: "x" });
    expect(test.runtime.process("web.1").spec.env).toMatchObject({ DEBUG: "True", LONGER_KEY: "x" });
    expect(test.runtime.alive).toHaveLength(1);
    const lines = await test.log("hola");
    expect(lines).toContain("app[api]: Set DEBUG, LONGER_KEY config vars by user ana@example.com");
    expect(lines).toContain("app[api]: Release v4 created by user ana@example.com");
    expect(lines).toContain("heroku[web.1]: Restarting");
  });

  it("are removed by null, and a change that changes nothing makes no release", async () => {
    const test = await created();
    await test.api("PATCH", "/apps/hola/config-vars", { A: "1", B: "2" });
    await test.api("PATCH", "/apps/hola/config-vars", { A: null });
    expect((await test.api("GET", "/apps/hola/config-vars")).body).toEqual({ B: "2" });
    await test.api("PATCH", "/apps/hola/config-vars", { B: "2", C: null });
    const { releases } = app(test);
    expect(releases.at(-1)).toMatchObject({ version: 4, cause: { kind: "config", set: [], unset: ["A"] } });
  });

  it("are limited to 32 KB", async () => {
    const test = await created();
    const { status } = await test.api("PATCH", "/apps/hola/config-vars", { GRANDE: "ñ".repeat(17_000) });
    expect(status).toBe(422);
  });
});

describe("rollback", () => {
  it("makes a new release with the code and the config vars of the old one", async () => {
    const test = await created();
    const first = await test.push("hola", { ...APP_FILES, "app.py": "primera" });
    await test.api("PATCH", "/apps/hola/config-vars", { COLOR: "rojo" });
    await test.push("hola", { ...APP_FILES, "app.py": "segunda", Procfile: "web: python app.py\n" });
    const target = (await test.api("GET", "/apps/hola/releases/3")).body;
    expect(target).toMatchObject({ version: 3, current: false, eligible_for_rollback: true });

    const { status, body } = await test.api("POST", "/apps/hola/releases", { release: app(test).releases[2]?.id });
    await settle();
    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 6, description: "Rollback to v3", current: true });
    expect(app(test).slugs[app(test).releases.at(-1)?.slug ?? ""]?.commit).toBe(first.commit);
    const { spec } = test.runtime.process("web.1");
    expect(new TextDecoder().decode(spec.files.get("app.py")?.data)).toBe("primera");
    expect(spec.command).toBe("gunicorn app:app");
    expect(spec.env.COLOR).toBeUndefined();
    expect((await test.api("GET", "/apps/hola/config-vars")).body).toEqual({});
  });

  it("is refused for what is not there and for a release without code", async () => {
    const test = await created();
    expect(await test.api("POST", "/apps/hola/releases", { release: "nada" })).toMatchObject({
      status: 404,
      body: { id: "not_found", message: "Couldn't find that release." },
    });
    expect((await test.api("POST", "/apps/hola/releases", { release: 1 })).status).toBe(422);
  });
});

import { describe, expect, it } from "vitest";
import { createDeployedSession, createSession, readable, type Session } from "./session";

const PROCFILE = "web: gunicorn app:app\nworker: python worker.py\n";

async function withWorker(): Promise<Session> {
  const session = await createDeployedSession();
  await session.test.push("hola", { "requirements.txt": "Flask\n", Procfile: PROCFILE });
  return session;
}

describe("ps", () => {
  it("lists the dynos of each command, with the time of their state", async () => {
    const session = await withWorker();
    await session.run("ps:scale", "web=2:standard-1x", "worker=1:standard-1x");
    await session.test.clock.advance(5 * 60_000);
    expect(await session.run("ps")).toEqual({
      code: 0,
      stdout: `=== web (Standard-1X): gunicorn app:app (2)

web.1: up 2026/11/23 15:00:00 +0000 (~ 5m ago)
web.2: up 2026/11/23 15:00:00 +0000 (~ 5m ago)

=== worker (Standard-1X): python worker.py (1)

worker.1: up 2026/11/23 15:00:00 +0000 (~ 5m ago)

`,
      stderr: "",
    });
    expect((await session.run("ps", "worker")).stdout).toBe(
      "=== worker (Standard-1X): python worker.py (1)\n\nworker.1: up 2026/11/23 15:00:00 +0000 (~ 5m ago)\n\n",
    );
  });

  it("says when there are none", async () => {
    const { run } = await createDeployedSession();
    await run("ps:scale", "web=0");
    expect(await run("ps")).toEqual({ code: 0, stdout: "No dynos on hola\n", stderr: "" });
    expect(await run("ps", "worker")).toEqual({
      code: 1,
      stdout: "",
      stderr: "    Error: No worker dynos on hola\n",
    });
  });

  it("gives JSON as the API does", async () => {
    const { run, test } = await createDeployedSession();
    expect((await run("ps", "--json")).stdout).toBe(
      `${JSON.stringify((await test.api("GET", "/apps/hola/dynos")).body, null, 2)}\n`,
    );
  });

  it("is painted on a terminal", async () => {
    const { run } = await createDeployedSession({ columns: 100 });
    expect(readable((await run("ps")).stdout)).toBe(
      "␛[1m=== ␛[22m␛[1m␛[1mweb␛[1m (␛[38;5;43mBasic␛[39m): gunicorn app:app (1)␛[22m\n\n" +
        "web.1: ␛[38;5;40mup␛[39m ␛[38;5;248m2026/11/23 15:00:00 +0000 (~ 0s ago)␛[39m\n\n",
    );
  });
});

describe("ps:scale", () => {
  it("changes quantity and size", async () => {
    const { run } = await withWorker();
    expect(await run("ps:scale", "web=2:standard-1x", "worker=1:standard-2x")).toEqual({
      code: 0,
      stdout: "",
      stderr: "Scaling dynos... done, now running web at 2:Standard-1X, worker at 1:Standard-2X\n",
    });
    expect((await run("scale", "web+1", "worker-1")).stderr).toBe(
      "Scaling dynos... done, now running web at 3:Standard-1X, worker at 0:Standard-2X\n",
    );
  });

  it.each([[[]], [["web"]], [["web=dos"]]])("shows the formation for %j", async (words) => {
    const { run } = await withWorker();
    expect(await run("ps:scale", ...words)).toEqual({ code: 0, stdout: "web=1:Basic worker=0:Basic\n", stderr: "" });
  });

  it("says how to get process types", async () => {
    const { run } = await createSession();
    await run("create", "vacia");
    expect(await run("ps:scale")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "    Error: No process types on vacia.\n    Upload a Procfile to add process types.\n    https://devcenter.heroku.com/articles/procfile\n",
    });
  });

  it.each([
    ["fantasma=1", "Couldn't find that process type (fantasma).", "not_found"],
    ["web=2", "Cannot update to more than 1 Basic size dynos per process type.", "invalid_params"],
  ])("%s is refused by the API", async (change, message, id) => {
    const { run } = await createDeployedSession();
    const { code, stdout, stderr } = await run("ps:scale", change);
    expect(stderr).toBe(`Scaling dynos... !\n ›   Error: ${message}\n ›\n ›   Error ID: ${id}\n`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("ps:restart", () => {
  it.each([
    [[], "Restarting all dynos on hola... done\n"],
    [["-d", "web.1"], "Restarting dyno web.1 on hola... done\n"],
    [["-p", "web"], "Restarting all web dynos on hola... done\n"],
    [
      ["web.1"],
      " ›   Warning: DYNO is a deprecated argument. Use --dyno-name or --process-type \n ›   instead.\nRestarting dyno web.1 on hola... done\n",
    ],
  ])("with %j", async (args, stderr) => {
    const session = await createDeployedSession();
    const before = session.test.runtime.processes.length;
    expect(await session.run("ps:restart", ...args)).toEqual({ code: 0, stdout: "", stderr });
    await session.test.clock.advance(1000);
    expect(session.test.runtime.processes.length).toBe(before + 1);
  });

  it("of a dyno that is not there", async () => {
    const { run } = await createDeployedSession();
    expect(await run("restart", "-d", "web.9")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "Restarting dyno web.9 on hola... !\n ›   Error: Couldn't find that dyno.\n ›\n ›   Error ID: not_found\n",
    });
  });
});

describe("ps:stop", () => {
  it("wants to know what", async () => {
    const { run } = await createDeployedSession();
    expect(await run("ps:stop")).toEqual({
      code: 2,
      stdout: "",
      stderr: " ›   Error: Please specify a process type or dyno name to stop.\n ›   See more help with --help\n ›\n",
    });
  });
});

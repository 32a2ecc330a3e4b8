import { describe, expect, it } from "vitest";
import {
  APP_FILES,
  createTestPlatform,
  type FakeProgram,
  FakeRuntime,
  MemorySourceTree,
  settle,
  type TestPlatform,
} from "./doubles";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

async function deployed(program: FakeProgram = {}, files = APP_FILES): Promise<TestPlatform> {
  const runtime = new FakeRuntime();
  runtime.program = program;
  const test = await createTestPlatform({ runtime });
  await test.api("POST", "/apps", { name: "hola" });
  await test.push("hola", files);
  return test;
}

/** What the dyno manager said about a dyno. */
async function managed({ log }: TestPlatform, dyno = "web.1"): Promise<string[]> {
  const prefix = `heroku[${dyno}]: `;
  return (await log("hola")).filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}

function states({ platform }: TestPlatform): Record<string, string> {
  return Object.fromEntries(Object.values(platform.state.dynos).map(({ name, state }) => [name, state]));
}

const START = "Starting process with command `gunicorn app:app`";

describe("the environment of a dyno", () => {
  it("is the buildpack's, then the config vars, then PORT and DYNO", async () => {
    const test = await deployed();
    await test.api("PATCH", "/apps/hola/config-vars", { WEB_CONCURRENCY: "3", PORT: "1", SALUDO: "hola" });
    await settle();
    const { env, port, files, command, type } = test.runtime.process("web.1").spec;
    expect(env).toEqual({
      HOME: "/app",
      PYTHONUNBUFFERED: "true",
      WEB_CONCURRENCY: "3",
      SALUDO: "hola",
      PORT: String(port),
      DYNO: "web.1",
    });
    expect([...files.keys()]).toEqual(Object.keys(APP_FILES));
    expect({ command, type }).toEqual({ command: "gunicorn app:app", type: "web" });
  });
});

describe("boot", () => {
  it("gives up after 60 seconds without the port: R10, SIGKILL, 137, crashed", async () => {
    const test = await deployed({ boot: "silent" });
    await test.clock.advance(59 * SECOND);
    expect(states(test)).toEqual({ "web.1": "starting" });
    await test.clock.advance(SECOND);
    expect((await managed(test)).slice(0, 6)).toEqual([
      START,
      "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
      "Stopping process with SIGKILL",
      "Process exited with status 137",
      "State changed from starting to crashed",
      "State changed from crashed to starting",
    ]);
    await test.clock.advance(MINUTE);
    expect(states(test)).toEqual({ "web.1": "crashed" });
  });

  it("does not take another port for the right one", async () => {
    const test = await deployed({ boot: "silent" });
    const process = test.runtime.process("web.1");
    process.listen(process.spec.port + 1);
    await settle();
    expect(states(test)).toEqual({ "web.1": "starting" });
    process.listen();
    await settle();
    expect(states(test)).toEqual({ "web.1": "up" });
  });

  it("asks no port of a worker", async () => {
    const test = await deployed({ boot: "silent" }, { ...APP_FILES, Procfile: "worker: python worker.py\n" });
    await test.api("PATCH", "/apps/hola/formation/worker", { quantity: 1 });
    await settle();
    expect(states(test)).toEqual({ "worker.1": "up" });
    await test.clock.advance(5 * MINUTE);
    expect(states(test)).toEqual({ "worker.1": "up" });
  });
});

describe("a slug that cannot be read", () => {
  it("is a platform error, tried again like a crash", async () => {
    const source = new MemorySourceTree();
    const test = await createTestPlatform({ source });
    await test.api("POST", "/apps", { name: "hola" });
    await test.push("hola");
    source.lost = true;
    await test.api("DELETE", "/apps/hola/dynos");
    await settle();
    expect(states(test)).toEqual({ "web.1": "crashed" });
    expect((await managed(test)).join("\n")).toContain("Error R99 (Platform error) -> Failed to launch the dyno");
    source.lost = false;
    await test.clock.advance(10 * MINUTE);
    expect(states(test)).toEqual({ "web.1": "up" });
  });
});

describe("the crash policy", () => {
  it("restarts once at once, then after 10, 20 and 40 minutes", async () => {
    const test = await deployed({ boot: 1 });
    const starts = () => test.runtime.processes.length;
    expect(starts()).toBe(2);
    expect((await managed(test)).slice(0, 5)).toEqual([
      START,
      "Process exited with status 1",
      "State changed from starting to crashed",
      "State changed from crashed to starting",
      START,
    ]);
    expect(states(test)).toEqual({ "web.1": "crashed" });
    for (const minutes of [10, 20, 40]) {
      const before = starts();
      await test.clock.advance(minutes * MINUTE - 1);
      expect(starts()).toBe(before);
      await test.clock.advance(1);
      expect(starts()).toBe(before + 1);
    }
  });

  it("starts anew with a release", async () => {
    const test = await deployed({ boot: 1 });
    test.runtime.program = {};
    await test.push("hola");
    expect(states(test)).toEqual({ "web.1": "up" });
    test.runtime.process("web.1").exit(3);
    await settle();
    expect(states(test)).toEqual({ "web.1": "up" });
    expect(await managed(test)).toContain("State changed from up to crashed");
  });
});

describe("restart", () => {
  it("asks with SIGTERM and starts again", async () => {
    const test = await deployed();
    await test.api("DELETE", "/apps/hola/dynos/web.1");
    await settle();
    expect((await managed(test)).slice(2)).toEqual([
      "Restarting",
      "State changed from up to starting",
      "Stopping all processes with SIGTERM",
      "Process exited with status 143",
      START,
      "State changed from starting to up",
    ]);
  });

  it("kills after 30 seconds what does not go: R12", async () => {
    const test = await deployed({ term: "ignore" });
    const stuck = test.runtime.process("web.1");
    await test.api("DELETE", "/apps/hola/dynos");
    await test.clock.advance(29 * SECOND);
    expect(stuck.alive).toBe(true);
    await test.clock.advance(SECOND);
    expect(stuck.signals).toEqual(["SIGTERM", "SIGKILL"]);
    expect((await managed(test)).slice(4)).toEqual([
      "Stopping all processes with SIGTERM",
      "Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM",
      "Stopping remaining processes with SIGKILL",
      "Process exited with status 137",
      START,
      "State changed from starting to up",
    ]);
  });

  it("runs the newest release even if it was made while the old process was going", async () => {
    const test = await deployed({ term: "ignore" });
    await test.api("PATCH", "/apps/hola/config-vars", { COLOR: "rojo" });
    await test.api("PATCH", "/apps/hola/config-vars", { COLOR: "azul" });
    await test.clock.advance(30 * SECOND);
    expect(test.runtime.processes).toHaveLength(2);
    expect(test.runtime.process("web.1").spec.env.COLOR).toBe("azul");
  });
});

describe("scaling", () => {
  it("starts what is missing and stops what is too much", async () => {
    const test = await deployed();
    await test.api("PATCH", "/apps/hola/formation", { updates: [{ type: "web", quantity: 3, size: "standard-1x" }] });
    await settle();
    expect(states(test)).toEqual({ "web.1": "up", "web.2": "up", "web.3": "up" });
    await test.api("PATCH", "/apps/hola/formation", { updates: [{ type: "web", quantity: 1 }] });
    expect(states(test)).toEqual({ "web.1": "up" });
    await settle();
    expect(test.runtime.alive.map(({ spec }) => spec.name)).toEqual(["web.1"]);
    expect((await managed(test, "web.3")).slice(2)).toEqual([
      "State changed from up to down",
      "Stopping all processes with SIGTERM",
      "Process exited with status 143",
    ]);
  });

  it("restarts the dynos whose size changed, and only those", async () => {
    const test = await deployed({}, { ...APP_FILES, Procfile: "web: gunicorn app:app\nworker: python w.py\n" });
    await test.api("PATCH", "/apps/hola/formation/worker", { quantity: 1 });
    await settle();
    const worker = test.runtime.process("worker.1");
    await test.api("PATCH", "/apps/hola/formation/web", { size: "standard-2x" });
    await settle();
    expect(test.runtime.process("worker.1")).toBe(worker);
    expect(test.runtime.processes.filter(({ spec }) => spec.name === "web.1")).toHaveLength(2);
  });
});

describe("the end of a platform", () => {
  it("leaves no process and no timer", async () => {
    const test = await deployed({ boot: "silent", term: "ignore" });
    await test.api("DELETE", "/apps/hola/dynos");
    test.platform.dispose();
    await settle();
    expect(test.runtime.alive).toEqual([]);
    expect(test.clock.pending).toBe(0);
  });
});

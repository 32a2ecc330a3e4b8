import { describe, expect, it } from "vitest";
import { fold, type PlatformEvent } from "../../../src/platform/events";
import { EMPTY_STATE } from "../../../src/platform/model/state";
import { UnreadableState } from "../../../src/platform/persistence";
import { createTestPlatform, FakeRuntime, MemorySourceTree, MemoryStorage, settle, type TestPlatform } from "./doubles";

/** Something of everything. */
async function busy(test: TestPlatform): Promise<void> {
  const { api, push, runtime } = test;
  await api("POST", "/apps", { name: "hola" });
  await api("POST", "/apps", { name: "efimera" });
  await push("hola");
  await push("hola", { "requirements.txt": "broken" });
  await api("PATCH", "/apps/hola/config-vars", { COLOR: "rojo" });
  await settle();
  await api("PATCH", "/apps/hola/formation/web", { quantity: 2, size: "standard-1x" });
  await settle();
  runtime.process("web.2").exit(1);
  await settle();
  await api("PATCH", "/apps/hola", { maintenance: true });
  await api("PATCH", "/apps/hola", { maintenance: false, name: "hola-flask" });
  await api("POST", "/apps/hola-flask/releases", { release: 3 });
  await settle();
  await api("PATCH", "/apps/hola-flask/formation/web", { quantity: 1 });
  await api("DELETE", "/apps/efimera");
}

describe("events", () => {
  it("give the same state when they are folded again", async () => {
    const test = await createTestPlatform();
    const events: PlatformEvent[] = [];
    test.platform.onEvent((event, state) => {
      events.push(event);
      expect(state).toBe(test.platform.state);
    });
    await busy(test);
    expect(events.reduce(fold, EMPTY_STATE)).toEqual(test.platform.state);
    expect(JSON.parse(JSON.stringify(test.platform.state))).toEqual(test.platform.state);
  });

  it("never change an earlier state", async () => {
    const test = await createTestPlatform();
    const pictures: [state: unknown, text: string][] = [];
    test.platform.onEvent((_event, state) => pictures.push([state, JSON.stringify(state)]));
    await busy(test);
    expect(pictures.length).toBeGreaterThan(30);
    for (const [state, text] of pictures) expect(JSON.stringify(state)).toBe(text);
  });
});

describe("storage", () => {
  it("gives everything back, and the dynos boot again", async () => {
    const test = await createTestPlatform();
    await busy(test);
    for (const color of ["verde", "azul", "gris", "malva"]) {
      await test.api("PATCH", "/apps/hola-flask/config-vars", { COLOR: color });
      await settle();
    }
    await test.platform.flush();
    const { apps } = test.platform.state;
    test.platform.dispose();
    expect(test.storage.sequence).toBeGreaterThan(0);
    expect(test.storage.events.length).toBeGreaterThan(test.storage.sequence);

    const again = await createTestPlatform({ storage: test.storage, source: test.source });
    await settle();
    expect(again.platform.state.apps).toEqual(apps);
    expect(Object.values(again.platform.state.dynos)).toMatchObject([{ name: "web.1", state: "up", release: 9 }]);
    expect(await again.fetch("hola-flask")).toMatchObject({ status: 200, text: "web.1" });
    expect((await again.push("hola-flask")).result).toMatchObject({ release: 10 });
    await again.platform.flush();
  });

  it("gives everything back from events alone", async () => {
    const test = await createTestPlatform();
    await test.api("POST", "/apps", { name: "hola" });
    await test.platform.flush();
    expect(test.storage.snapshot).toBeUndefined();
    const again = await createTestPlatform({ storage: test.storage });
    expect(again.platform.state).toEqual(test.platform.state);
  });

  it("that cannot be understood is reported, with all that there was", async () => {
    const storage = new MemoryStorage();
    storage.snapshot = { version: 99, state: {} };
    const opening = createTestPlatform({ storage });
    await expect(opening).rejects.toBeInstanceOf(UnreadableState);
    await expect(opening).rejects.toMatchObject({ stored: { snapshot: { version: 99 } } });
    const other = new MemoryStorage();
    other.events = [{ type: "app-vanished", app: "x", at: 1 }];
    await expect(createTestPlatform({ storage: other })).rejects.toBeInstanceOf(UnreadableState);
  });

  it("that fails is tried again; flush reports the failure", async () => {
    const test = await createTestPlatform();
    test.storage.failure = new Error("QuotaExceededError");
    await test.api("POST", "/apps", { name: "hola" });
    await expect(test.platform.flush()).rejects.toThrow("QuotaExceededError");
    test.storage.failure = undefined;
    await test.platform.flush();
    expect(test.storage.events).toMatchObject([
      { type: "app-created" },
      { type: "release-created" },
      { type: "release-created" },
    ]);
  });
});

describe("restore", () => {
  it("goes back to an earlier state, with its dynos", async () => {
    const runtime = new FakeRuntime();
    const source = new MemorySourceTree();
    const test = await createTestPlatform({ runtime, source });
    await test.api("POST", "/apps", { name: "hola" });
    await test.push("hola");
    const before = test.platform.state;
    await test.api("PATCH", "/apps/hola/config-vars", { COLOR: "rojo" });
    await test.api("POST", "/apps", { name: "otra" });
    await settle();
    await test.platform.restore(before);
    await settle();
    expect(test.platform.state.apps).toEqual(before.apps);
    expect(runtime.alive.map(({ spec }) => `${spec.name} ${spec.env.COLOR}`)).toEqual(["web.1 undefined"]);
    expect(await test.fetch("hola")).toMatchObject({ status: 200 });
    const again = await createTestPlatform({ storage: test.storage, source });
    expect(again.platform.state.apps).toEqual(before.apps);
  });
});

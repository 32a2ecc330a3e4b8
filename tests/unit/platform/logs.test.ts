import { describe, expect, it } from "vitest";
import { formatLine, splitMessage } from "../../../src/platform/logs/line";
import { LogRing, RING_LINES } from "../../../src/platform/logs/ring";
import { FakeClock, seededRandom, settle } from "./doubles";

function ring(): LogRing {
  return new LogRing(new FakeClock(), seededRandom());
}

describe("a line", () => {
  it("has microseconds and an offset", () => {
    const time = Date.UTC(2025, 8, 16, 2, 55, 24, 470) * 1000 + 866;
    expect(formatLine({ time, source: "app", dyno: "api", message: "hola" })).toBe(
      "2025-09-16T02:55:24.470866+00:00 app[api]: hola",
    );
  });

  it("longer than 10,000 bytes is split between characters", () => {
    const pieces = splitMessage(`${"a".repeat(9_999)}ñ${"b".repeat(20)}`);
    expect(pieces).toEqual(["a".repeat(9_999), `ñ${"b".repeat(20)}`]);
    expect(splitMessage("")).toEqual([""]);
    expect(splitMessage("€".repeat(10_000)).join("")).toBe("€".repeat(10_000));
  });
});

describe("the ring", () => {
  it("keeps the last 1,500 lines, in order of strictly growing times", () => {
    const log = ring();
    for (let count = 0; count < 4_000; count += 1) log.append("app", "web.1", String(count));
    const lines = log.recent(10_000);
    expect(lines).toHaveLength(RING_LINES);
    expect(lines[0]?.message).toBe("2500");
    expect(lines.every((line, index) => index === 0 || line.time > (lines[index - 1]?.time ?? 0))).toBe(true);
  });

  it("filters before it counts", () => {
    const log = ring();
    log.append("app", "web.1", "uno");
    log.append("heroku", "web.1", "dos");
    log.append("app", "web.2", "tres");
    log.append("app", "worker.1", "cuatro");
    const messages = (filter: Parameters<typeof log.recent>[1]) => log.recent(2, filter).map(({ message }) => message);
    expect(messages({})).toEqual(["tres", "cuatro"]);
    expect(messages({ source: "heroku" })).toEqual(["dos"]);
    expect(messages({ dyno: "web.1" })).toEqual(["uno", "dos"]);
    expect(messages({ type: "web", source: "app" })).toEqual(["uno", "tres"]);
    expect(messages({ dyno: "web" })).toEqual(["dos", "tres"]);
  });
});

describe("a follower", () => {
  it("gets the last lines and then the new ones that match", async () => {
    const log = ring();
    log.append("app", "web.1", "antes");
    const abort = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const line of log.follow({ lines: 1, tail: true, filter: { source: "app" }, signal: abort.signal })) {
        seen.push(line.slice(line.indexOf("]: ") + 3));
      }
    })();
    await settle();
    log.append("heroku", "router", "no");
    log.append("app", "web.1", "después");
    await settle();
    log.append("app", "web.1", "al final");
    abort.abort();
    await reading;
    expect(seen).toEqual(["antes", "después", "al final"]);
  });

  it("that is too slow is told how much it lost", async () => {
    const log = ring();
    const lines = log.follow({ lines: 0, tail: true, filter: {} })[Symbol.asyncIterator]();
    const first = lines.next();
    await settle();
    log.append("app", "web.1", "0");
    await first;
    for (let count = 1; count <= 2 * RING_LINES + 1; count += 1) log.append("app", "web.1", String(count));
    expect((await lines.next()).value).toContain(
      "heroku[logplex]: Error L11 (Tail buffer overflow) -> This tail session dropped 1501 messages.",
    );
    expect((await lines.next()).value).toContain("app[web.1]: 1502");
    await lines.return?.();
  });
});

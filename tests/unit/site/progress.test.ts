import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  EMPTY,
  markExerciseDone,
  markLessonRead,
  markPlace,
  markStepDone,
  parseProgress,
  readProgress,
} from "../../../src/progress/store";

/** localStorage as a browser has it, with a switch that makes it refuse. */
class MemoryStorage {
  readonly #items = new Map<string, string>();
  refuses = false;

  getItem(key: string): string | null {
    if (this.refuses) throw new DOMException("denied", "SecurityError");
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.refuses) throw new DOMException("full", "QuotaExceededError");
    this.#items.set(key, value);
  }
}

let storage: MemoryStorage;
beforeEach(() => {
  storage = new MemoryStorage();
  vi.stubGlobal("localStorage", storage);
});

describe("the progress of a reader", () => {
  test("is empty at first and keeps what is marked", () => {
    expect(readProgress()).toEqual(EMPTY);
    markLessonRead("desplegar-flask");
    markStepDone("desplegar-flask", "procfile");
    markPlace({ title: "Despliega Flask", href: "/lecciones/desplegar-flask/" });
    expect(readProgress()).toEqual({
      version: 1,
      lessons: { "desplegar-flask": expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      steps: { "desplegar-flask": ["procfile"] },
      exercises: {},
      last: { title: "Despliega Flask", href: "/lecciones/desplegar-flask/" },
    });
  });

  test("counts a step once, however often it is announced", () => {
    markStepDone("a", "uno");
    markStepDone("a", "uno");
    markStepDone("a", "dos");
    expect(readProgress().steps).toEqual({ a: ["uno", "dos"] });
  });

  test("keeps the first day on which something was finished", () => {
    vi.useFakeTimers({ now: new Date("2026-01-01T10:00:00Z") });
    markExerciseDone("a");
    vi.setSystemTime(new Date("2026-02-02T10:00:00Z"));
    markExerciseDone("a");
    vi.useRealTimers();
    expect(readProgress().exercises).toEqual({ a: "2026-01-01" });
  });

  test("takes another tab's marks into account", () => {
    markStepDone("a", "uno");
    const otherTab = { ...readProgress(), lessons: { b: "2026-01-01" } };
    storage.setItem("despliega:progreso", JSON.stringify(otherTab));
    markStepDone("a", "dos");
    expect(readProgress()).toMatchObject({ lessons: { b: "2026-01-01" }, steps: { a: ["uno", "dos"] } });
  });

  test("is forgotten, without an error, where storage is refused", () => {
    storage.refuses = true;
    expect(() => markLessonRead("a")).not.toThrow();
    expect(readProgress()).toEqual(EMPTY);
  });

  test.each([
    ["nothing", null],
    ["no JSON", "{"],
    ["another version", JSON.stringify({ version: 2, lessons: { a: "2026-01-01" } })],
    ["a list", "[]"],
  ])("starts empty from %s", (_name, stored) => {
    expect(parseProgress(stored)).toEqual(EMPTY);
  });

  test("drops what has not its shape, and a place outside the site", () => {
    const stored = {
      version: 1,
      lessons: { a: "2026-01-01", b: 3 },
      steps: { a: ["uno"], b: "dos", c: [1] },
      exercises: [],
      last: { title: "x", href: "//example.org/" },
    };
    expect(parseProgress(JSON.stringify(stored))).toEqual({
      version: 1,
      lessons: { a: "2026-01-01" },
      steps: { a: ["uno"] },
      exercises: {},
    });
  });
});

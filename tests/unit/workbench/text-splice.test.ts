import { describe, expect, it } from "vitest";
import { spliceBetween } from "../../../src/workbench/text-splice";

const applied = (before: string, after: string): string => {
  const splice = spliceBetween(before, after);
  return splice ? before.slice(0, splice.from) + splice.insert + before.slice(splice.to) : before;
};

describe("spliceBetween", () => {
  it.each([
    ["", "a"],
    ["a", ""],
    ["aaa", "aa"],
    ["aa", "aaa"],
    ["abcabc", "abc"],
    ["uno\ndos\ntres\n", "uno\n2\ntres\n"],
    ["x😀y", "x😁y"],
    ["😀", "😀😀"],
  ])("makes %j of it into %j", (before, after) => {
    expect(applied(before, after)).toBe(after);
  });

  it("is nothing between equal texts", () => {
    expect(spliceBetween("igual", "igual")).toBeUndefined();
  });

  it("touches only what differs", () => {
    expect(spliceBetween("uno dos tres", "uno 2 tres")).toEqual({ from: 4, to: 7, insert: "2" });
  });

  it("never cuts a surrogate pair", () => {
    expect(spliceBetween("x😀y", "x😁y")).toEqual({ from: 1, to: 3, insert: "😁" });
  });
});

import { describe, expect, it } from "vitest";
import {
  findTarget,
  normalisePath,
  previewUrl,
  readLocationMessage,
  Trail,
} from "../../../src/workbench/preview-address";

const target = { app: "hola", host: "hola-0f9c.herokuapp.com", base: "http://localhost:4322/_app/w/hola/" };

describe("previewUrl", () => {
  it.each([
    ["/", "http://localhost:4322/_app/w/hola/"],
    ["/notas?orden=1#fin", "http://localhost:4322/_app/w/hola/notas?orden=1#fin"],
    ["//malo.example/x", "http://localhost:4322/_app/w/hola/malo.example/x"],
    ["/../../otra/", target.base],
    ["/%2e%2e/%2e%2e/", target.base],
    ["/https://malo.example/", "http://localhost:4322/_app/w/hola/https://malo.example/"],
    ["javascript:alert(1)", "http://localhost:4322/_app/w/hola/javascript:alert(1)"],
  ])("shows %s below the application", (path, url) => {
    expect(previewUrl(target, path)).toBe(url);
  });
});

describe("normalisePath", () => {
  it.each([
    ["", "/"],
    ["notas", "/notas"],
    ["  /notas ", "/notas"],
    ["//x", "/x"],
  ])("writes %j as %j", (typed, path) => expect(normalisePath(typed)).toBe(path));
});

describe("readLocationMessage", () => {
  it("takes the path of a well-formed message", () => {
    expect(readLocationMessage({ type: "despliega:location", path: "/notas" })).toBe("/notas");
  });
  it.each([
    undefined,
    null,
    "x",
    {},
    { type: "otra", path: "/" },
    { type: "despliega:location" },
    { type: "despliega:location", path: 3 },
    { type: "despliega:location", path: "https://malo.example" },
    { type: "despliega:location", path: `/${"x".repeat(5_000)}` },
  ])("believes nothing else (%j)", (message) => expect(readLocationMessage(message)).toBeUndefined());
});

describe("findTarget", () => {
  it("knows an application by its public host and by where it really is", () => {
    expect(findTarget([target], "https://hola-0f9c.herokuapp.com/a?b")).toEqual({ target, path: "/a?b" });
    expect(findTarget([target], "http://localhost:4322/_app/w/hola/a")).toEqual({ target, path: "/a" });
  });
  it("knows no other address", () => {
    expect(findTarget([target], "https://otra.herokuapp.com/")).toBeUndefined();
    expect(findTarget([target], "nada")).toBeUndefined();
  });
});

describe("Trail", () => {
  it("goes back over the pages seen, and forgets what lay ahead", () => {
    const trail = new Trail();
    for (const path of ["/", "/a", "/a", "/b"]) trail.visit(path);
    expect(trail.back()).toBe("/a");
    trail.visit("/a");
    trail.visit("/c");
    expect(trail.back()).toBe("/a");
    expect(trail.back()).toBe("/");
    expect(trail.canGoBack).toBe(false);
    expect(trail.back()).toBeUndefined();
  });
  it("takes a return to the page before for a step back", () => {
    const trail = new Trail();
    for (const path of ["/", "/a", "/"]) trail.visit(path);
    expect(trail.canGoBack).toBe(false);
  });
});

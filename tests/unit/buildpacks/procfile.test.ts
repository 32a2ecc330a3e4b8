import { expect, it } from "vitest";
import { parseProcfile } from "../../../src/platform/buildpacks/procfile";

it("reads types and commands in their order", () => {
  const text = "# procesos\n\nweb: gunicorn app:app\r\n  worker:python worker.py --nivel=2 \nrelease: flask db upgrade";
  const result = parseProcfile(text);
  expect(result).toEqual({
    status: "parsed",
    processTypes: { web: "gunicorn app:app", worker: "python worker.py --nivel=2", release: "flask db upgrade" },
  });
  expect(result.status === "parsed" && Object.keys(result.processTypes)).toEqual(["web", "worker", "release"]);
});

it("reads nothing from an empty file", () => {
  expect(parseProcfile("\n")).toEqual({ status: "parsed", processTypes: {} });
});

it("keeps names that objects have of their own", () => {
  const result = parseProcfile("constructor: python a.py\n");
  expect(result.status === "parsed" && Object.entries(result.processTypes)).toEqual([["constructor", "python a.py"]]);
});

it.each(["web gunicorn app:app", "web:", "mi proceso: python a.py", "web = gunicorn app:app", "# web: gunicorn"])(
  "declares nothing by %j",
  (line) => {
    const result = parseProcfile(`release: echo hola\n${line}\n`);
    expect(result).toEqual({ status: "parsed", processTypes: { release: "echo hola" } });
  },
);

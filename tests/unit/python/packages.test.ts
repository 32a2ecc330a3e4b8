import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { normalised, packageIndex } from "../../../src/python/assets";
import { fetchPythonPackages } from "../../../tools/python-packages.mjs";
import { installed, root } from "./dyno";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "packages-"));
  cpSync(join(root, "tools"), join(folder, "tools"), { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it("says in one sentence what is missing where there is no Python, and does not fail", async () => {
  vi.stubEnv("PATH", join(folder, "nothing"));
  const lines: string[] = [];
  const result = await fetchPythonPackages({ root: folder, log: (line: string) => lines.push(line) });
  expect(result).toEqual({ status: "missing", reason: expect.stringContaining("Falta Python 3 con pip") });
  const written = JSON.parse(readFileSync(join(folder, ".cache", "python", "missing.json"), "utf8"));
  expect(written).toEqual({ reason: result.status === "missing" && result.reason });
});

it("says so as well when the index cannot be reached", async () => {
  vi.stubEnv("PIP_NO_INDEX", "1");
  vi.stubEnv("PIP_FIND_LINKS", folder);
  const result = await fetchPythonPackages({ root: folder, log: () => {} });
  expect(result).toEqual({ status: "missing", reason: expect.stringContaining("comprueba la conexión con el índice") });
});

it("offers Flask with what it requires, by any spelling", () => {
  expect(installed("FLASK").map(({ name, version }) => `${name}==${version}`)).toEqual([
    "Flask==3.1.3",
    "blinker==1.9.0",
    "click==8.5.0",
    "itsdangerous==2.2.0",
    "Jinja2==3.1.6",
    "MarkupSafe==3.0.3",
    "Werkzeug==3.1.9",
  ]);
  expect(normalised("python_dotenv")).toBe(normalised("Python.Dotenv"));
  expect(packageIndex({ packages: [] }).find("flask")).toBeUndefined();
});

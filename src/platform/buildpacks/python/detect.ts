/** Whether the root of a source tree looks like a Python app. Mirrors `bin/detect` of the buildpack's v351. */

import type { SourceFiles } from "../../ports";
import { rootEntries } from "./root";

const KNOWN: ReadonlySet<string> = new Set([
  ".python-version",
  "__init__.py",
  "app.py",
  "main.py",
  "manage.py",
  "pdm.lock",
  "Pipfile",
  "Pipfile.lock",
  "poetry.lock",
  "pyproject.toml",
  "requirements.txt",
  "runtime.txt",
  "server.py",
  "setup.cfg",
  "setup.py",
  "uv.lock",
  // Common misspellings of requirements.txt; the build then explains what is wrong.
  "requirement.txt",
  "Requirements.txt",
  "requirements.text",
  "requirements.txt.txt",
  "requirments.txt",
  "__pycache__/",
  ".venv/",
  "venv/",
]);

export function detectPython(files: SourceFiles): boolean {
  return rootEntries(files).some((entry) => KNOWN.has(entry));
}

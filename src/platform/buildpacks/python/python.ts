/** The buildpack heroku/python, as of its v351: pip apps on Python 3.10 to 3.14. */

import type { BuildOutput } from "../../ports";
import type { BuildCache, Buildpack, CompileContext, CompileResult } from "../buildpack";
import { pipInstall } from "../pip/install";
import { decodeRequirements } from "../pip/requirements-file";
import { block, indented, linesOf, step } from "./blocks";
import { cacheDiscardReasons } from "./cache";
import { checkSource } from "./checks";
import { detectPython } from "./detect";
import { type Failure, failure } from "./failure";
import { determinePackageManager, type PackageManager } from "./package-manager";
import { bootLines, profileEnv } from "./profile";
import { slugSize } from "./slug-size";
import {
  endOfLife,
  majorDeprecated,
  noVersionSpecified,
  patchAvailable,
  runtimeTxtDeprecated,
  unavailablePatch,
  unknownMajor,
  usingVersion,
} from "./version-messages";
import { type Origin, readVersionRequest } from "./version-request";
import { latestPatch, patchOf, resolveVersion, wasReleased } from "./versions";

const NAME = "heroku/python";
const PIP_VERSION = "26.2.1";
const SETUPTOOLS_VERSION = "70.3.0";
/** From here on a Python comes without setuptools. */
const FIRST_WITHOUT_SETUPTOOLS = 13;

interface PythonVersion {
  readonly status: "chosen";
  readonly full: string;
  readonly major: string;
  readonly origin: Origin;
}

export const pythonBuildpack: Buildpack = {
  name: NAME,
  language: "Python",
  detect: detectPython,
  async compile(context) {
    const result = await compile(context);
    if ("message" in result) {
      if (result.message) block(context.output, result.message);
      context.output.line(" !     Push rejected, failed to compile Python app.");
      return { status: "failed", reason: result.reason };
    }
    return result;
  },
};

async function compile(context: CompileContext): Promise<Extract<CompileResult, { status: "compiled" }> | Failure> {
  const { files, output, packages: index, stack, cache, pause, signal } = context;
  signal.throwIfAborted();
  const wrong = checkSource(files);
  if (wrong) return wrong;
  const found = determinePackageManager(files);
  if (found.status === "failed") return found;
  if (found.manager !== "pip") return failure(`package-manager::${found.manager}`, onlyPip(found.manager));
  const version = choosePython(context);
  if (version.status === "failed") return version;

  const manifest = decodeRequirements(files.get("requirements.txt")?.data ?? new Uint8Array());
  const restored = restoreCache(output, cache, { stack, languageVersion: version.full, manifest });
  await pause(restored ? 500 : 0);

  if (restored) step(output, `Using cached install of Python ${version.full}`);
  else {
    step(output, `Installing Python ${version.full}`);
    await pause(3_000);
    const gone = missingPatch(output, version);
    if (gone) return gone;
  }
  step(output, `Installing ${tools(version.major)}`);
  await pause(1_500);
  step(output, "Installing dependencies using 'pip install -r requirements.txt'");
  const installed = await pipInstall({
    files,
    index,
    pythonVersion: version.full,
    installed: restored?.packages ?? [],
    print: (line) => indented(output, line),
    async pause(milliseconds) {
      await pause(milliseconds);
      signal.throwIfAborted();
    },
  });
  if (installed.status === "failed") return failure(`install-dependencies::pip: ${installed.reason}`, PIP_FAILED);
  step(output, "Saving cache");
  await pause(1_000);
  block(output, UV_NOTE);

  const { packages } = installed;
  return {
    status: "compiled",
    languageVersion: version.full,
    packages,
    env: profileEnv,
    bootLines,
    // Unlike others, this buildpack offers no process type of its own.
    defaultProcessTypes: {},
    cache: { buildpack: NAME, stack, languageVersion: version.full, manifest, packages },
    slugSize: slugSize(files, packages),
  };
}

/** Says which Python it takes, and what it thinks of it. */
function choosePython({ files, output, cache }: CompileContext): PythonVersion | Failure {
  const request = readVersionRequest(files, cache?.languageVersion);
  if (request.status === "failed") return request;
  const { version, origin } = request;
  step(output, usingVersion(version, origin));
  const standing = resolveVersion(version);
  if (standing.status === "end-of-life") {
    return failure("python-version::eol", endOfLife(version, standing.major, origin));
  }
  if (standing.status === "unknown") {
    return failure("python-version::unknown-major", unknownMajor(standing.major, origin));
  }
  const { full, major } = standing;
  if (origin === "default" || origin === "cached") block(output, noVersionSpecified(origin, major));
  if (origin === "runtime.txt") block(output, runtimeTxtDeprecated(major));
  if (major === "3.10") block(output, majorDeprecated(origin));
  const latest = latestPatch(major);
  if (latest && patchOf(full) < patchOf(latest)) block(output, patchAvailable(full, major, latest, origin));
  return { status: "chosen", full, major, origin };
}

/** Says whether it takes the cache or why not; undefined when there is none to use. */
function restoreCache(
  output: BuildOutput,
  cache: BuildCache | undefined,
  now: Pick<BuildCache, "stack" | "languageVersion" | "manifest">,
): BuildCache | undefined {
  if (!cache) return undefined;
  const reasons = cacheDiscardReasons(cache, now);
  if (reasons.length === 0) {
    step(output, "Restoring cache");
    return cache;
  }
  step(output, "Discarding cache since:");
  for (const reason of reasons) indented(output, `- ${reason}`);
  return undefined;
}

/** A patch release that never was: the archive's download fails. */
function missingPatch(output: BuildOutput, { full, major, origin }: PythonVersion): Failure | undefined {
  if (wasReleased(full, major)) return undefined;
  indented(output, "curl: (22) The requested URL returned error: 404");
  indented(output, "zstd: /*stdin*\\: unexpected end of file ");
  indented(output, "tar: Child returned status 1");
  indented(output, "tar: Error is not recoverable: exiting now");
  return failure("python-version::unknown-patch", unavailablePatch(full, major, origin));
}

function tools(major: string): string {
  const minor = Number(major.split(".")[1]);
  const setuptools = minor < FIRST_WITHOUT_SETUPTOOLS ? ` and setuptools ${SETUPTOOLS_VERSION}` : "";
  return `pip ${PIP_VERSION}${setuptools}`;
}

const PIP_FAILED = linesOf(`
Error: Unable to install dependencies using pip.

See the log output above for more information.
`);

const UV_NOTE = linesOf(`
Note: We recently added support for the package manager uv:
https://devcenter.heroku.com/changelog-items/3238

It's now our recommended Python package manager, since it
supports lockfiles, is faster, gives more helpful error
messages, and is actively maintained by a full-time team.

If you haven't tried it yet, we suggest you take a look!
https://docs.astral.sh/uv/
`);

/** Not a text of the real buildpack, which knows the other three as well; it names itself as the simulation's. */
function onlyPip(manager: PackageManager): readonly string[] {
  return linesOf(`
Error: This simulation of the Python buildpack only supports pip.

Your app uses ${manager}, which the real buildpack supports too.
Here, delete its files and list your app's packages in a
'requirements.txt' file instead.
`);
}

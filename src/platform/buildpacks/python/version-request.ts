/** Which Python an app asks for. Texts of the buildpack's `lib/python_version.sh`. */

import type { SourceFiles } from "../../ports";
import { linesOf } from "./blocks";
import { type Failure, failure } from "./failure";
import { versionFileInstructions } from "./version-messages";
import { DEFAULT_MAJOR } from "./versions";

/** Where the wish was found. `cached`: nowhere, the last build decides; `default`: nowhere, and there was none. */
export type Origin = "runtime.txt" | ".python-version" | "cached" | "default";

export type VersionRequest =
  /** `version`: `3.14` or `3.14.7`. */
  { readonly status: "requested"; readonly version: string; readonly origin: Origin } | Failure;

const NUMBER = "(?:0|[1-9][0-9]*)";
const VERSION = `${NUMBER}\\.${NUMBER}(?:\\.${NUMBER})?`;
const RUNTIME_TXT = new RegExp(`^\\s*python-(${VERSION})\\s*$`);
const VERSION_LINE = new RegExp(`^\\s*(${VERSION})\\s*$`);
/** Names that people give to `.python-version`: without the dot, with an extension, another sign for the hyphen. */
const MISSPELLED = /^(?!\.python-version$)\.?python[-_.]version(?:\.\w+)?\s*$/i;

/**
 * runtime.txt comes before .python-version, before the last build's, before the default. A misspelled .python-version
 * is refused even beside a right one, since the wrong one might be edited in vain.
 * @param cached exact version of the last build
 */
export function readVersionRequest(files: SourceFiles, cached: string | undefined): VersionRequest {
  const misspelled = [...files.keys()].find((path) => MISSPELLED.test(path));
  if (misspelled !== undefined) return failure("python-version-file::misspelled", spelledWrong(misspelled));
  const runtime = readVisible(files, "runtime.txt");
  if (runtime !== undefined) return parseRuntimeTxt(runtime);
  const versionFile = readVisible(files, ".python-version");
  if (versionFile !== undefined) return parseVersionFile(versionFile);
  if (cached === undefined) return { status: "requested", version: DEFAULT_MAJOR, origin: "default" };
  return { status: "requested", version: cached.split(".").slice(0, 2).join("."), origin: "cached" };
}

function parseRuntimeTxt(contents: string): VersionRequest {
  const version = RUNTIME_TXT.exec(withoutComments(contents).join("\n"))?.[1];
  if (version !== undefined) return { status: "requested", version, origin: "runtime.txt" };
  return failure("runtime-txt::invalid-version", invalidRuntimeTxt(contents.replace(/\n+$/, "").slice(0, 100)));
}

function parseVersionFile(contents: string): VersionRequest {
  const lines = withoutComments(contents);
  const [first, ...more] = lines;
  if (first === undefined) return failure("python-version-file::no-version", noVersion());
  if (more.length > 0) return failure("python-version-file::multiple-versions", severalVersions(lines.slice(0, 5)));
  const version = VERSION_LINE.exec(first)?.[1];
  if (version !== undefined) return { status: "requested", version, origin: ".python-version" };
  return failure("python-version-file::invalid-version", invalidVersion(first));
}

/** The lines that are more than white space and comments. */
function withoutComments(contents: string): readonly string[] {
  return contents.split("\n").filter((line) => !/^\s*(?:#.*)?$/.test(line));
}

/** What is neither ASCII text nor white space becomes visible, so that the message shows why it is refused. */
function readVisible(files: SourceFiles, path: string): string | undefined {
  const file = files.get(path);
  if (!file) return undefined;
  const visible = (byte: number) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
  return [...file.data].map((byte) => (visible(byte) ? String.fromCharCode(byte) : "\uFFFD")).join("");
}

const REQUEST_LATEST = `
For example, to request the latest version of Python ${DEFAULT_MAJOR},
update your .python-version file so it contains exactly:
${DEFAULT_MAJOR}`;

function invalidVersion(line: string): readonly string[] {
  return linesOf(`
Error: Invalid Python version in .python-version.

The Python version specified in your .python-version file
isn't in the correct format.

The following version was found:
${line}

However, the Python version must be specified as either:
1. The major version only, for example: ${DEFAULT_MAJOR} (recommended)
2. An exact patch version, for example: ${DEFAULT_MAJOR}.999

Don't include quotes, a 'python-' prefix or wildcards. Any
code comments must be on a separate line prefixed with '#'.
${REQUEST_LATEST}

We strongly recommend that you don't specify the Python patch
version number, since it will pin your app to an exact Python
version and so stop your app from receiving security updates
each time it builds.
`);
}

function noVersion(): readonly string[] {
  return linesOf(`
Error: No Python version found in .python-version.

No Python version was found in your .python-version file.

Update the file so that it contains your app's major Python
version number. Don't include quotes or a 'python-' prefix.
${REQUEST_LATEST}

If the file already contains a version, check the line doesn't
begin with a '#', otherwise it will be treated as a comment.
`);
}

function severalVersions(lines: readonly string[]): readonly string[] {
  return linesOf(`
Error: Invalid Python version in .python-version.

Multiple versions were found in your .python-version file:

${lines.join("\n")}

Update the file so it contains only one Python version.
${REQUEST_LATEST}

If you have added comments to the file, make sure that those
lines begin with a '#', so that they are ignored.
`);
}

function invalidRuntimeTxt(contents: string): readonly string[] {
  return linesOf(`
Error: Invalid Python version in runtime.txt.

The Python version specified in your runtime.txt file isn't
in the correct format.

The following file contents were found, which aren't valid:
${contents}

However, the runtime.txt file is deprecated since it has been
replaced by the more widely supported .python-version file:
https://devcenter.heroku.com/changelog-items/3141

As such, we recommend that you switch to using .python-version
instead of fixing your runtime.txt file.

${versionFileInstructions("runtime.txt", DEFAULT_MAJOR)}
`);
}

/** Only the first line is the buildpack's; the rest of its text is not known, and this says what to do. */
function spelledWrong(name: string): readonly string[] {
  return linesOf(`
Error: Your .python-version file is spelled incorrectly.

Your app contains a file named '${name}', however, the file
must be named exactly '.python-version' (in all lowercase,
with the '.' at the start and without a file extension).

Rename the file to: .python-version
`);
}

/** Compiles a source tree with the Python buildpack over a small index, and keeps what it wrote. */

import type { BuildCache, CompileResult } from "../../../src/platform/buildpacks/buildpack";
import { pythonBuildpack } from "../../../src/platform/buildpacks/python/python";
import type { Package } from "../../../src/platform/ports";
import { MemoryPackageIndex, sourceFiles } from "../platform/doubles";

function wheel(
  name: string,
  version: string,
  wheelSize: number,
  metadataSize: number,
  requires: readonly string[] = [],
): Package {
  const file = name.toLowerCase().replaceAll("-", "_");
  return {
    name,
    version,
    wheel: `${file}-${version}-${name === "MarkupSafe" ? "cp314-cp314-manylinux2014_x86_64" : "py3-none-any"}.whl`,
    wheelSize,
    metadataSize,
    requires: requires.map((text) => {
      const [, dependency = "", specifier = ""] = /^([\w-]+)(.*)$/.exec(text) ?? [];
      return { name: dependency, specifier };
    }),
    modules: [file],
  };
}

export const INDEX: readonly Package[] = [
  wheel("blinker", "1.9.0", 8_458, 1_633),
  wheel("click", "8.5.0", 125_251, 2_567),
  wheel("Flask", "3.1.3", 103_424, 3_167, [
    "blinker>=1.9.0",
    "click>=8.1.3",
    "itsdangerous>=2.2.0",
    "jinja2>=3.1.2",
    "markupsafe>=2.1.1",
    "werkzeug>=3.1.0",
  ]),
  wheel("gunicorn", "26.2.0", 228_389, 5_544),
  wheel("itsdangerous", "2.2.0", 16_234, 1_924),
  wheel("Jinja2", "3.1.6", 134_899, 2_871, ["MarkupSafe>=2.0"]),
  wheel("MarkupSafe", "3.0.3", 22_940, 2_690),
  wheel("python-dotenv", "1.2.4", 23_266, 29_979),
  wheel("tzdata", "2026.4", 1_347_494, 958),
  wheel("Werkzeug", "3.1.9", 228_700, 4_054, ["markupsafe>=2.1.1"]),
  wheel("needs-missing", "1.0", 2_000, 900, ["nowhere>=2"]),
];

export interface BuildOutcome {
  readonly result: CompileResult;
  readonly lines: readonly string[];
  readonly pauses: readonly number[];
}

export async function build(
  files: Readonly<Record<string, string>>,
  options: { readonly cache?: BuildCache; readonly stack?: string } = {},
): Promise<BuildOutcome> {
  const lines: string[] = [];
  const pauses: number[] = [];
  const result = await pythonBuildpack.compile({
    files: sourceFiles(files),
    packages: new MemoryPackageIndex(INDEX),
    output: { line: (text) => lines.push(text) },
    stack: options.stack ?? "heroku-26",
    cache: options.cache,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    signal: new AbortController().signal,
  });
  return { result, lines, pauses };
}

/** What a build that succeeded left behind; throws when it failed. */
export function compiled({ result, lines }: BuildOutcome): Extract<CompileResult, { status: "compiled" }> {
  if (result.status === "failed") throw new Error(lines.join("\n"));
  return result;
}

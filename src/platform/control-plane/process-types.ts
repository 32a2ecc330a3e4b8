/** Which process types a slug has: those of the Procfile, and those that the buildpack adds. */

import type { SourceFiles } from "../ports";

/** Reads a Procfile; of an empty one, no process types. */
export type ProcfileParser = (text: string) => ParsedProcfile;

export type ParsedProcfile =
  /** Command by type, in the order of the file. */
  | { readonly status: "parsed"; readonly processTypes: Readonly<Record<string, string>> }
  /** What the build says about it. */
  | { readonly status: "invalid"; readonly lines: readonly string[] };

export type ProcessTypes =
  | {
      readonly status: "found";
      /** Named by the Procfile. */
      readonly declared: readonly string[];
      /** Named by the buildpack only. */
      readonly defaults: readonly string[];
      /** Command by type. */
      readonly all: Readonly<Record<string, string>>;
    }
  | { readonly status: "invalid"; readonly lines: readonly string[] };

export function discoverProcessTypes(
  files: SourceFiles,
  parse: ProcfileParser,
  offered: Readonly<Record<string, string>>,
): ProcessTypes {
  const file = files.get("Procfile");
  const result = parse(file ? new TextDecoder().decode(file.data) : "");
  if (result.status === "invalid") return { status: "invalid", lines: result.lines };
  const declared = result.processTypes;
  const defaults = Object.keys(offered).filter((type) => !Object.hasOwn(declared, type));
  const all = { ...declared, ...Object.fromEntries(defaults.map((type) => [type, offered[type] ?? ""])) };
  return { status: "found", declared: Object.keys(declared), defaults, all };
}

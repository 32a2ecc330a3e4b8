/** `heroku help COMMAND`, `--help`, and what stands under some errors of the parser. Layout: oclif 4. */

import type { CataloguedCommand } from "../catalogue";
import type { ArgSpec, CommandSpec, FlagSpec } from "../command";
import type { Style } from "../terminal/style";
import { indent, wrap } from "../terminal/wrap";
import { type Row, renderRows } from "./list";
import { renderUsage } from "./usage";

/** Where and for whom a help is printed. */
export interface HelpPage {
  readonly style: Style;
  readonly columns: number;
}

export interface CommandHelp extends HelpPage {
  readonly spec: CommandSpec;
  readonly entry: CataloguedCommand;
  /** How the command was called: its id or another name of it. */
  readonly name: string;
  /** The app that the command would take; shown as the flag's default. */
  readonly app: string | undefined;
}

export function section({ style }: HelpPage, title: string, body: string): string {
  return `${style.attribute("bold", title)}\n${indent(body, 2)}`;
}

/** The whole help without the commands below it; ends with one newline and an empty line. */
export function renderCommandHelp(help: CommandHelp): string {
  const { spec, entry, columns } = help;
  const { description, examples = [] } = spec;
  const sections = [
    ...usageSections(help),
    description && section(help, "DESCRIPTION", wrap(description, columns - 2, "trim")),
    entry.aliases && section(help, "ALIASES", entry.aliases.map((alias) => `$ heroku ${alias}`).join("\n")),
    examples.length > 0 && section(help, "EXAMPLES", examples.join("\n\n")),
    detailsSection(help),
  ];
  const summary = description?.split("\n")[0];
  return `${summary ? `${summary}\n\n` : ""}${sections.filter((each) => each !== undefined && each !== false).join("\n\n")}\n\n`;
}

/** Usage, arguments and flags alone. */
export function renderUsageHelp(help: CommandHelp): string {
  return `${usageSections(help).join("\n\n")}\n\n`;
}

function usageSections(help: CommandHelp): readonly string[] {
  const { spec, name, columns } = help;
  const args = (spec.args ?? []).filter(({ hidden }) => !hidden);
  const flags = sorted((spec.flags ?? []).filter(({ hidden }) => !hidden));
  const own = flags.filter(({ global }) => !global);
  const global = flags.filter((flag) => flag.global);
  return [
    section(help, "USAGE", renderUsage(spec, name, columns)),
    ...(args.some(({ description }) => description)
      ? [
          section(
            help,
            "ARGUMENTS",
            renderRows(
              args.map((arg) => argRow(arg, spec)),
              columns,
            ),
          ),
        ]
      : []),
    ...(own.length > 0 ? [section(help, "FLAGS", renderRows(flagRows(own, help), columns))] : []),
    ...(global.length > 0 ? [section(help, "GLOBAL FLAGS", renderRows(flagRows(global, help), columns))] : []),
  ];
}

function detailsSection(help: CommandHelp): string | undefined {
  const { spec, columns } = help;
  const flags = (spec.flags ?? []).filter(({ details }) => details);
  if (flags.length === 0) return undefined;
  const body = flags.map((flag) => {
    const label = flagLabel(flag, help).trim();
    return `${label}  ${flag.description}\n\n${indent(wrap(flag.details ?? "", columns - 4, "trim"), 2)}`;
  });
  return section(help, "FLAG DESCRIPTIONS", body.join("\n\n"));
}

/** Those with a letter first, by it; the others by their names. */
function sorted(flags: readonly FlagSpec[]): readonly FlagSpec[] {
  const key = ({ char, name }: FlagSpec) => (char === undefined ? `1${name}` : `0${char} ${name}`);
  return [...flags].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function argRow({ name, required, description }: ArgSpec, { variadic }: CommandSpec): Row {
  const word = `${name.toUpperCase()}${variadic ? "..." : ""}`;
  return [required ? word : `[${word}]`, description];
}

function flagRows(flags: readonly FlagSpec[], help: CommandHelp): readonly Row[] {
  const noLetters = flags.every(({ char }) => char === undefined);
  return flags.map((flag): Row => {
    const label = flagLabel(flag, help);
    const value = flag.isApp ? help.app : flag.default;
    const notes = [value === undefined ? undefined : `default: ${value}`, flag.env && `env: ${flag.env}`].filter(
      Boolean,
    );
    const text = [
      flag.required ? "(required)" : undefined,
      notes.length > 0 ? `[${notes.join(", ")}]` : undefined,
      flag.description,
    ];
    return [noLetters ? label.trimStart() : label, text.filter(Boolean).join(" ")];
  });
}

function flagLabel({ name, char, kind }: FlagSpec, { style }: HelpPage): string {
  const value = kind === "boolean" ? "" : `=${style.attribute("underline", "<value>")}`;
  return `${char ? `-${char}, ` : "    "}--${name}${value}`;
}

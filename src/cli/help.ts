/** `heroku help`, `heroku help COMMAND`, `--help`: the layout of oclif's help. */

import type { CommandSpec, FlagSpec } from "./command";
import { TOPICS } from "./topics";

export const VERSION = "heroku/11.10.0 linux-x64 node-v22.20.0";

function list(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd()).join("\n");
}

function flagRow(flag: FlagSpec): readonly [string, string] {
  const value = flag.kind === "boolean" ? "" : "=<value>";
  return [`${flag.char ? `-${flag.char}, ` : "    "}--${flag.name}${value}`, flag.description];
}

function usage(spec: CommandSpec): string {
  if (spec.usage !== undefined) return `$ heroku ${spec.name} ${spec.usage}`.trimEnd();
  const args = (spec.args ?? []).map(({ name, required }) => (required ? name : `[${name}]`));
  const flags = (spec.flags ?? []).map((flag) => {
    const name = flag.char ? `-${flag.char}` : `--${flag.name}`;
    const text = flag.kind === "boolean" ? name : `${name} <value>`;
    return spec.app === "required" && flag.name === "app" ? text : `[${text}]`;
  });
  return ["$ heroku", spec.name, ...args, ...flags].join(" ");
}

/** Help of one command. `usage` leaves out the summary on top, as under a parser error. */
export function commandHelp(spec: CommandSpec, part: "all" | "usage" = "all"): string {
  const own = (spec.flags ?? []).filter(({ name }) => name !== "json");
  const global = (spec.flags ?? []).filter(({ name }) => name === "json");
  const sections = [
    part === "all" ? spec.summary : undefined,
    `USAGE\n  ${usage(spec)}`,
    spec.args?.length ? `ARGUMENTS\n${list(spec.args.map(({ name, description }) => [name, description]))}` : undefined,
    own.length > 0 ? `FLAGS\n${list(own.map(flagRow))}` : undefined,
    global.length > 0 ? `GLOBAL FLAGS\n${list(global.map(flagRow))}` : undefined,
    part === "all" ? `DESCRIPTION\n  ${spec.description ?? spec.summary}` : undefined,
    part === "all" && spec.aliases?.length
      ? `ALIASES\n${spec.aliases.map((alias) => `  $ heroku ${alias}`).join("\n")}`
      : undefined,
    part === "all" && spec.examples?.length
      ? `EXAMPLES\n${spec.examples.map((example) => `  $ ${example}`).join("\n\n")}`
      : undefined,
  ];
  return `${sections.filter((section) => section !== undefined).join("\n\n")}\n`;
}

/** `heroku help`. */
export function rootHelp(commands: readonly CommandSpec[]): string {
  const single = commands
    .filter(({ name }) => !name.includes(":"))
    .map(({ name, summary }) => [name, summary] as const);
  return [
    "CLI to interact with Heroku",
    `VERSION\n  ${VERSION}`,
    "USAGE\n  $ heroku [COMMAND]",
    `TOPICS\n${list(Object.entries(TOPICS).filter(([, text]) => text !== ""))}`,
    `COMMANDS\n${list(single)}`,
    "",
  ].join("\n\n");
}

/** `heroku help ps`: a topic's commands; undefined when it has none here. */
export function topicHelp(topic: string, commands: readonly CommandSpec[]): string | undefined {
  const below = commands.filter(({ name }) => name.startsWith(`${topic}:`));
  const own = commands.find(({ name, aliases }) => name === topic || aliases?.includes(topic));
  if (below.length === 0) return own ? commandHelp(own) : undefined;
  const rows = list(below.map(({ name, summary }) => [name, summary]));
  const head = own ? commandHelp(own) : `${TOPICS[topic] ?? topic}\n\nUSAGE\n  $ heroku ${topic}:COMMAND\n`;
  return `${head}\nCOMMANDS\n${rows}\n`;
}

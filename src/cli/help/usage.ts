/** The line under USAGE. Layout: oclif 4. */

import type { CommandSpec, FlagSpec } from "../command";
import { indent, wrap } from "../terminal/wrap";

/** oclif looks for the place to break while the command's name is still this in the line. */
const NAME = "<%= command.id %>";

/** @param name how the command was called: its id or another name of it */
export function renderUsage(spec: CommandSpec, name: string, columns: number): string {
  const parts = spec.usage === undefined ? makeUsage(spec) : spec.usage.replace(new RegExp(`^${spec.id}`), "").trim();
  const line = `$ heroku ${NAME} ${parts}`.trim();
  const withName = (text: string) => text.replace(NAME, name);
  if (line.length <= columns - 2) return wrap(withName(line), columns - 2, "trim");
  const at = line.slice(0, columns - 2).lastIndexOf(" ");
  return `${withName(line.slice(0, at))}\n${indent(wrap(withName(line.slice(at)), columns - 4, "trim"), 2)}`;
}

function makeUsage({ args = [], flags = [], variadic }: CommandSpec): string {
  const words = args
    .filter(({ hidden }) => !hidden)
    .map(({ name, required }) => {
      const word = `${name.toUpperCase()}${variadic ? "..." : ""}`;
      return required ? word : `[${word}]`;
    });
  const shown = flags.filter(({ hidden }) => !hidden);
  const element = ({ name, char, kind }: FlagSpec) =>
    `${char ? `-${char}` : `--${name}`}${kind === "boolean" ? "" : " <value>"}`;
  // A flag takes its alternatives with it; they are not listed again.
  const taken = new Set(shown.flatMap(({ exclusive = [] }) => exclusive));
  const optional = shown
    .filter(({ name, required }) => !required && !taken.has(name))
    .map((flag) => {
      const others = shown.filter(({ name }) => flag.exclusive?.includes(name));
      return `[${[flag, ...others].map(element).join(" | ")}]`;
    });
  return [...words, ...shown.filter(({ required }) => required).map(element), ...optional].join(" ");
}

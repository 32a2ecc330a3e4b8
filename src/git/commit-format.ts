/** `--format=<string>` of `git log` (git-log(1), PRETTY FORMATS) and dates relative to now. */

import { formatDate } from "./identity";
import type { Commit, Person } from "./objects";

/** Expands placeholders; unknown ones stay as they are. @param now milliseconds since the epoch. */
export function commitFormat(format: string, made: Commit, names: readonly string[], now: number): string {
  const template = format.replace(/^t?format:/, "");
  const subject = (made.message.split(/\n\s*\n/)[0] ?? "").replaceAll("\n", " ").trim();
  const body = made.message
    .split(/\n\s*\n/)
    .slice(1)
    .join("\n\n");
  const person = (who: Person, letter: string): string | undefined => {
    if (letter === "n") return who.name;
    if (letter === "e") return who.email;
    if (letter === "d") return formatDate(who);
    if (letter === "r") return relativeDate(who.timestamp * 1000, now);
    if (letter === "t") return String(who.timestamp);
    if (letter === "s") return shortDate(who);
    return letter === "I" ? isoDate(who) : undefined;
  };
  const values: Record<string, string> = {
    H: made.oid,
    h: made.oid.slice(0, 7),
    T: made.tree,
    t: made.tree.slice(0, 7),
    P: made.parents.join(" "),
    p: made.parents.map((oid) => oid.slice(0, 7)).join(" "),
    s: subject,
    b: body === "" ? "" : `${body.trimEnd()}\n`,
    B: made.message.trimEnd() === "" ? "" : `${made.message.trimEnd()}\n`,
    d: names.length > 0 ? ` (${names.join(", ")})` : "",
    D: names.join(", "),
    n: "\n",
    "%": "%",
  };
  return template.replace(/%(C\([^)]*\)|C[a-z]+|a[a-zA-Z]|c[a-zA-Z]|[a-zA-Z%])/g, (whole: string, code: string) => {
    if (code.startsWith("C") && code.length > 1) return "";
    if (code.length === 2) return person(code.startsWith("a") ? made.author : made.committer, code[1] ?? "") ?? whole;
    return values[code] ?? whole;
  });
}

function local(who: Person): string {
  return new Date((who.timestamp - who.timezoneOffset * 60) * 1000).toISOString();
}

function shortDate(who: Person): string {
  return local(who).slice(0, 10);
}

function isoDate(who: Person): string {
  const zone = formatDate(who).slice(-5);
  return `${local(who).slice(0, 19)}${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/** `5 minutes ago`, as Git rounds it (date.c). Both in milliseconds. */
export function relativeDate(then: number, now: number): string {
  let amount = Math.floor((now - then) / 1000);
  if (amount < 0) return "in the future";
  const say = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  if (amount < 90) return say(amount, "second");
  amount = Math.floor((amount + 30) / 60);
  if (amount < 90) return say(amount, "minute");
  amount = Math.floor((amount + 30) / 60);
  if (amount < 36) return say(amount, "hour");
  amount = Math.floor((amount + 12) / 24);
  if (amount < 14) return say(amount, "day");
  if (amount < 70) return say(Math.floor((amount + 3) / 7), "week");
  if (amount < 365) return say(Math.floor((amount + 15) / 30), "month");
  return say(Math.floor((amount + 183) / 365), "year");
}

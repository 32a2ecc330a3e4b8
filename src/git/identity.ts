/** Who commits, and when. */

import { Fatal } from "./failures";
import type { Person } from "./objects";

export interface IdentitySources {
  readonly env: Readonly<Record<string, string>>;
  /** A configuration value, e.g. of `user.name`. */
  config(name: string): string | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
}

const WHO = `
*** Please tell me who you are.

Run

  git config --global user.email "you@example.com"
  git config --global user.name "Your Name"

to set your account's default identity.
Omit --global to set the identity only in this repository.

`;

/** Environment first, then configuration, as git-commit(1) says; throws Git's own complaint when neither says it. */
export function identity(role: "AUTHOR" | "COMMITTER", sources: IdentitySources): Person {
  const { env } = sources;
  const lower = role.toLowerCase();
  const name = env[`GIT_${role}_NAME`] ?? sources.config(`${lower}.name`) ?? sources.config("user.name");
  const email =
    env[`GIT_${role}_EMAIL`] ?? sources.config(`${lower}.email`) ?? sources.config("user.email") ?? env.EMAIL;
  const title = role === "AUTHOR" ? "Author" : "Committer";
  if (email === undefined) {
    const guess = `${env.USER ?? env.LOGNAME ?? "unknown"}@${env.HOSTNAME ?? "localhost"}.(none)`;
    throw new Fatal(`unable to auto-detect email address (got '${guess}')`, {
      before: `${title} identity unknown\n${WHO}`,
    });
  }
  if (name === undefined || name.trim() === "") {
    throw new Fatal(`empty ident name (for <${email}>) not allowed`, { before: `${title} identity unknown\n${WHO}` });
  }
  return { name: clean(name), email: clean(email), ...moment(env[`GIT_${role}_DATE`], sources.now()) };
}

/** Characters that would break the commit's header are left out, as Git does. */
function clean(text: string): string {
  return text.replace(/[\n<>]/g, "").trim();
}

function moment(date: string | undefined, now: number): { timestamp: number; timezoneOffset: number } {
  const raw = date === undefined ? undefined : /^@?(\d+) ([+-])(\d\d)(\d\d)$/.exec(date);
  if (raw) {
    const [, seconds, sign, hours, minutes] = raw;
    const offset = Number(hours) * 60 + Number(minutes);
    return { timestamp: Number(seconds), timezoneOffset: sign === "+" ? -offset || 0 : offset };
  }
  const parsed = date === undefined ? now : Date.parse(date);
  if (Number.isNaN(parsed)) throw new Fatal(`invalid date format: ${date}`);
  return { timestamp: Math.floor(parsed / 1000), timezoneOffset: new Date(parsed).getTimezoneOffset() };
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Git's default date: `Tue Nov 24 09:11:04 2026 +0100`. */
export function formatDate(person: Person): string {
  const local = new Date((person.timestamp - person.timezoneOffset * 60) * 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
  const offset = Math.abs(person.timezoneOffset);
  const zone = `${person.timezoneOffset <= 0 ? "+" : "-"}${two(Math.floor(offset / 60))}${two(offset % 60)}`;
  return `${DAYS[local.getUTCDay()]} ${MONTHS[local.getUTCMonth()]} ${local.getUTCDate()} ${time} ${local.getUTCFullYear()} ${zone}`;
}

/** sleep and date */

import type { Command } from "../command";
import { formatDate, parseDate } from "./date-text";
import { type Manual, misuse, readOptions } from "./options";

const SLEEP: Manual = {
  name: "sleep",
  options: [],
  help: `Usage: sleep NUMBER[SUFFIX]...
  or:  sleep OPTION
Pause for NUMBER seconds.  SUFFIX may be 's' for seconds (the default),
'm' for minutes, 'h' for hours or 'd' for days.

      --help        display this help and exit
      --version     output version information and exit
`,
};

const UNITS: Record<string, number> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };
/** setTimeout holds no longer one. */
const LONGEST = 2 ** 31 - 1;

export const sleep: Command = async (context) => {
  const options = await readOptions(context, SLEEP);
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return misuse(context, SLEEP, "missing operand");
  let seconds = 0;
  for (const operand of options.operands) {
    const match = /^(\d+\.?\d*|\.\d+|inf|infinity)([smhd]?)$/.exec(operand);
    if (!match) return misuse(context, SLEEP, `invalid time interval ‘${operand}’`);
    const [, number = "", unit = ""] = match;
    seconds += number.startsWith("inf") ? Number.POSITIVE_INFINITY : Number(number) * (UNITS[unit] ?? 1);
  }
  const { signal } = context;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, Math.min(LONGEST, seconds * 1000));
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return signal.aborted ? 130 : 0;
};

const DATE: Manual = {
  name: "date",
  options: [
    { short: "d", long: "date", value: "required" },
    { short: "u", long: "utc" },
    { short: "R", long: "rfc-email" },
    { short: "I", long: "iso-8601", value: "optional" },
    { long: "rfc-3339", value: "required" },
  ],
  help: `Usage: date [OPTION]... [+FORMAT]
Display date and time in the given FORMAT.

  -d, --date=STRING          display time described by STRING, not 'now'
  -I, --iso-8601[=FMT]       output date/time in ISO 8601 format
  -R, --rfc-email            output date and time in RFC 5322 format
  -u, --utc, --universal     print Coordinated Universal Time (UTC)
      --help        display this help and exit
      --version     output version information and exit

FORMAT controls the output, e.g. %Y %m %d %H %M %S %F %T %s %Z
`,
};

export function dateCommand(now: () => number): Command {
  return async (context) => {
    const args = context.args.map((arg) => (/^-I./.test(arg) ? `--iso-8601=${arg.slice(2)}` : arg));
    const options = await readOptions({ ...context, args }, DATE);
    if (typeof options === "number") return options;
    const { stdout, stderr } = context;
    const text = options.value("d");
    const utc = options.has("u");
    const time = text === undefined ? now() : parseDate(text, now(), utc);
    if (time === undefined) {
      await stderr.write(`date: invalid date ‘${text}’\n`);
      return 1;
    }
    const [operand, extra] = options.operands;
    if (extra !== undefined) return misuse(context, DATE, `extra operand ‘${extra}’`);
    if (operand !== undefined && !operand.startsWith("+")) {
      await stderr.write(`date: invalid date ‘${operand}’\n`);
      return 1;
    }
    const precision = options.value("I") ?? "date";
    const format =
      operand !== undefined
        ? operand.slice(1)
        : options.has("R")
          ? "%a, %d %b %Y %H:%M:%S %z"
          : options.has("I")
            ? precision === "date"
              ? "%Y-%m-%d"
              : "%Y-%m-%dT%H:%M:%S%:z"
            : options.has("rfc-3339")
              ? "%Y-%m-%d %H:%M:%S%:z"
              : "%a %b %e %H:%M:%S %Z %Y";
    await stdout.write(`${formatDate(format, time, utc)}\n`);
    return 0;
  };
}

/** Dates as texts: what `date` prints and what `date -d` and `touch -d` read. */

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const UNITS: Record<string, number> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  fortnight: 1_209_600_000,
};

/** Milliseconds since the epoch of "now", "yesterday", "2 days ago", "@0", ISO dates; undefined if it is none. */
export function parseDate(text: string, now: number, utc = false): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "now" || trimmed === "today") return now;
  if (trimmed === "yesterday") return now - 86_400_000;
  if (trimmed === "tomorrow") return now + 86_400_000;
  const stamp = /^@(-?\d+(?:\.\d+)?)$/.exec(trimmed);
  if (stamp) return Number(stamp[1]) * 1000;
  const relative = /^(?:(next|last)|([+-]?\d+))\s*([a-z]+?)s?(\s+ago)?$/.exec(trimmed);
  if (relative) {
    const [, word, digits, unit = "", ago] = relative;
    const count = (word ? (word === "next" ? 1 : -1) : Number(digits)) * (ago ? -1 : 1);
    const size = UNITS[unit];
    if (size !== undefined) return now + count * size;
    const date = new Date(now);
    if (unit === "month") return date.setMonth(date.getMonth() + count);
    if (unit === "year") return date.setFullYear(date.getFullYear() + count);
    return undefined;
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/.exec(
    trimmed,
  );
  if (!iso) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", zone] = iso;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = fields;
  if (zone === undefined && !utc) return new Date(y, mo - 1, d, h, mi, s).getTime();
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "");
  const minutes = offset ? (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  return Date.UTC(y, mo - 1, d, h, mi, s) - minutes * 60_000;
}

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly milliseconds: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
  readonly zone: string;
}

function fieldsOf(time: number, utc: boolean): Fields {
  const date = new Date(time);
  if (utc) {
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth(),
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      weekday: date.getUTCDay(),
      milliseconds: date.getUTCMilliseconds(),
      offset: 0,
      zone: "UTC",
    };
  }
  const offset = -date.getTimezoneOffset();
  const named = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" })
    .formatToParts(date)
    .find(({ type }) => type === "timeZoneName")?.value;
  const local = named && !/GMT[+-]/.test(named) ? named : zoneText(offset, false);
  return {
    year: date.getFullYear(),
    month: date.getMonth(),
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    weekday: date.getDay(),
    milliseconds: date.getMilliseconds(),
    offset,
    zone: local,
  };
}

function zoneText(offset: number, colon: boolean): string {
  const absolute = Math.abs(offset);
  const two = (value: number) => String(Math.trunc(value)).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(absolute / 60)}${colon ? ":" : ""}${two(absolute % 60)}`;
}

/** `strftime` with GNU's additions, in the C locale. */
export function formatDate(format: string, time: number, utc = false): string {
  const f = fieldsOf(time, utc);
  const dayOfYear = Math.round((Date.UTC(f.year, f.month, f.day) - Date.UTC(f.year, 0, 1)) / 86_400_000) + 1;
  const hour12 = f.hour % 12 === 0 ? 12 : f.hour % 12;
  const iso = isoWeek(f);
  const again = (inner: string) => formatDate(inner, time, utc);
  const number = (value: number, width: number, flag: string, filler = "0") => {
    if (flag === "-") return String(value);
    return String(value).padStart(width, flag === "_" ? " " : flag === "0" ? "0" : filler);
  };
  return format.replace(/%([-_0^#]?)(:{0,2}[a-zA-Z%])/g, (whole, flag: string, code: string) => {
    const text = (value: string) => (flag === "^" ? value.toUpperCase() : value);
    const codes: Record<string, () => string> = {
      "%": () => "%",
      a: () => text(DAYS[f.weekday]?.slice(0, 3) ?? ""),
      A: () => text(DAYS[f.weekday] ?? ""),
      b: () => text(MONTHS[f.month]?.slice(0, 3) ?? ""),
      B: () => text(MONTHS[f.month] ?? ""),
      c: () => again("%a %b %e %H:%M:%S %Y"),
      C: () => number(Math.floor(f.year / 100), 2, flag),
      d: () => number(f.day, 2, flag),
      D: () => again("%m/%d/%y"),
      e: () => number(f.day, 2, flag, " "),
      F: () => again("%Y-%m-%d"),
      g: () => number(iso.year % 100, 2, flag),
      G: () => String(iso.year),
      h: () => again("%b"),
      H: () => number(f.hour, 2, flag),
      I: () => number(hour12, 2, flag),
      j: () => number(dayOfYear, 3, flag),
      k: () => number(f.hour, 2, flag, " "),
      l: () => number(hour12, 2, flag, " "),
      m: () => number(f.month + 1, 2, flag),
      M: () => number(f.minute, 2, flag),
      n: () => "\n",
      N: () => `${String(f.milliseconds).padStart(3, "0")}000000`,
      p: () => (f.hour < 12 ? "AM" : "PM"),
      P: () => (f.hour < 12 ? "am" : "pm"),
      q: () => String(Math.floor(f.month / 3) + 1),
      r: () => again("%I:%M:%S %p"),
      R: () => again("%H:%M"),
      s: () => String(Math.floor(time / 1000)),
      S: () => number(f.second, 2, flag),
      t: () => "\t",
      T: () => again("%H:%M:%S"),
      u: () => String(f.weekday === 0 ? 7 : f.weekday),
      U: () => number(Math.floor((dayOfYear + 6 - f.weekday) / 7), 2, flag),
      V: () => number(iso.week, 2, flag),
      w: () => String(f.weekday),
      W: () => number(Math.floor((dayOfYear + 6 - ((f.weekday + 6) % 7)) / 7), 2, flag),
      x: () => again("%m/%d/%y"),
      X: () => again("%H:%M:%S"),
      y: () => number(f.year % 100, 2, flag),
      Y: () => String(f.year),
      z: () => zoneText(f.offset, false),
      ":z": () => zoneText(f.offset, true),
      Z: () => f.zone,
    };
    return codes[code]?.() ?? whole;
  });
}

/** ISO 8601: the week that holds the Thursday. */
function isoWeek({ year, month, day, weekday }: Fields): { year: number; week: number } {
  const thursday = new Date(Date.UTC(year, month, day + 4 - (weekday === 0 ? 7 : weekday)));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { year: thursday.getUTCFullYear(), week: Math.floor((thursday.getTime() - first) / 604_800_000) + 1 };
}

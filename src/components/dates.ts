const LONG = new Intl.DateTimeFormat("es", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** `24 de noviembre de 2026`. Dates of the front matter are midnight UTC. */
export function longDate(date: Date): string {
  return LONG.format(date);
}

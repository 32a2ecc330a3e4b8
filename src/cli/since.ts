const two = (value: number) => String(value).padStart(2, "0");
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * A date as the CLI shows it, e.g. `2026/11/23 15:06:28 +0000 (~ 5m ago)`; beyond 25 hours without the part in brackets.
 * @param now milliseconds since the epoch
 */
export function since(iso: string, now: number): string {
  const then = new Date(iso);
  const date = `${then.getUTCFullYear()}/${two(then.getUTCMonth() + 1)}/${two(then.getUTCDate())}`;
  const time = `${two(then.getUTCHours())}:${two(then.getUTCMinutes())}:${two(then.getUTCSeconds())}`;
  const elapsed = Math.floor((now - then.getTime()) / 1000);
  return `${date} ${time} +0000${age(elapsed)}`;
}

function age(seconds: number): string {
  if (seconds < MINUTE) return ` (~ ${seconds}s ago)`;
  if (seconds < HOUR) return ` (~ ${Math.floor(seconds / MINUTE)}m ago)`;
  if (seconds < 25 * HOUR) return ` (~ ${Math.floor(seconds / HOUR)}h ago)`;
  return "";
}

/** When a crashed dyno starts again. */

const MINUTE = 60_000;
const FIRST_COOL_OFF = 10 * MINUTE;
const LONGEST_COOL_OFF = 24 * 60 * MINUTE;

/**
 * Milliseconds until the next start: none after the first crash, then 10, 20, 40 minutes … up to a day.
 * Source: Dev Center, "Dyno Crash Restart Policy" (an older copy; today's numbers are not published).
 *
 * @param crashes how often it crashed since a release, a restart or its creation; at least 1
 */
export function restartDelay(crashes: number): number {
  if (crashes <= 1) return 0;
  return Math.min(FIRST_COOL_OFF * 2 ** (crashes - 2), LONGEST_COOL_OFF);
}

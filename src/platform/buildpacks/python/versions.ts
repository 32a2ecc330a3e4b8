/** The Python releases that the buildpack's v351 knows. */

/** Newest patch release by major version. */
const LATEST: Readonly<Record<string, string>> = {
  "3.10": "3.10.21",
  "3.11": "3.11.16",
  "3.12": "3.12.14",
  "3.13": "3.13.15",
  "3.14": "3.14.7",
};

export const DEFAULT_MAJOR = "3.14";
export const OLDEST_MAJOR = "3.10";
export const NEWEST_MAJOR = "3.14";

export type Standing =
  | { readonly status: "supported"; readonly full: string; readonly major: string }
  | { readonly status: "end-of-life"; readonly major: string }
  | { readonly status: "unknown"; readonly major: string };

/** @param requested `3.14` or `3.14.7` */
export function resolveVersion(requested: string): Standing {
  const [first = 0, second = 0, patch] = requested.split(".").map(Number);
  const major = `${first}.${second}`;
  const latest = LATEST[major];
  if (latest) return { status: "supported", full: patch === undefined ? latest : requested, major };
  const oldest = Number(OLDEST_MAJOR.split(".")[1]);
  return { status: first < 3 || (first === 3 && second < oldest) ? "end-of-life" : "unknown", major };
}

/** Undefined for a major version that is not supported. */
export function latestPatch(major: string): string | undefined {
  return LATEST[major];
}

/** Whether there was such a release: one not above the newest patch of its major version. */
export function wasReleased(full: string, major: string): boolean {
  return patchOf(full) <= patchOf(LATEST[major] ?? "0.0.-1");
}

export function patchOf(full: string): number {
  return Number(full.split(".")[2]);
}

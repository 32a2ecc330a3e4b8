const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** Bytes in whole units of 1024, e.g. `30 MB`. */
export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.round(value) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Math.round(value)} ${UNITS[unit]}`;
}

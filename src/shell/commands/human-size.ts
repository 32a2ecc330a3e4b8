/** Sizes as `-h` shows them: 4.0K, 12M. Rounded up, as GNU does. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    unit++;
  }
  const letter = "KMGTP"[unit] ?? "";
  const tenths = Math.ceil(value * 10) / 10;
  return tenths < 10 ? `${tenths.toFixed(1)}${letter}` : `${Math.ceil(value)}${letter}`;
}

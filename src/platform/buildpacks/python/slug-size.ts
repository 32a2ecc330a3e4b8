/** How large the compressed slug becomes. */

import type { Package, SourceFiles } from "../../ports";

/** Python itself with pip, compressed; the rest of a small Flask app's slug of 21 to 22 MB. */
const RUNTIME_BYTES = 21_400_000;
/** Text and code compress to about this part; what is already compressed is rare in a source tree. */
const SOURCE_RATIO = 0.35;

/** @returns bytes. Wheels are compressed already, and unpacked and compressed again they are about as large. */
export function slugSize(files: SourceFiles, packages: readonly Package[]): number {
  let source = 0;
  for (const { data } of files.values()) source += data.byteLength;
  const wheels = packages.reduce((sum, { wheelSize }) => sum + wheelSize, 0);
  return Math.round(RUNTIME_BYTES + wheels + source * SOURCE_RATIO);
}

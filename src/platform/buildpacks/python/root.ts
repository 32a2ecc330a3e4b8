/** What lies in a source tree, as `ls` and `find` would list it. */

import type { SourceFiles } from "../../ports";

/** Entries of the root as `ls -1A --indicator-style=slash` prints them: sorted without regard to case and dots. */
export function rootEntries(files: SourceFiles): readonly string[] {
  return [...new Set([...files.keys()].map((path) => path.replace(/\/.*/, "/")))].sort(byLocale);
}

/** As `find <directory>/ -maxdepth 2 | sort` prints it. @param directory with its final slash */
export function listed(files: SourceFiles, directory: string): readonly string[] {
  const paths = new Set([directory]);
  for (const path of files.keys()) {
    if (!path.startsWith(directory)) continue;
    const [first = "", second] = path.slice(directory.length).split("/");
    paths.add(directory + first);
    if (second !== undefined) paths.add(`${directory}${first}/${second}`);
  }
  return [...paths].sort(byLocale);
}

/** The text of a file, undefined when it is not there. */
export function textOf(files: SourceFiles, path: string): string | undefined {
  const file = files.get(path);
  return file && new TextDecoder().decode(file.data);
}

/** The build machine's locale (en_US) skips punctuation and case at first. */
function byLocale(left: string, right: string): number {
  const key = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const [one, other] = [key(left), key(right)];
  if (one !== other) return one < other ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}

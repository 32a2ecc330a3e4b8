/** What the Markdown plugins know of the other lessons: their titles and the names that notes call them by. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface LessonEntry {
  readonly slug: string;
  readonly title: string;
  readonly aliases: readonly string[];
}

const FOLDER = join(process.cwd(), "content", "lecciones");
const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/;

const cache = new Map<string, { readonly modified: number; readonly entry: LessonEntry }>();

function readLesson(file: string): LessonEntry {
  const path = join(FOLDER, file);
  const modified = statSync(path).mtimeMs;
  const cached = cache.get(file);
  if (cached?.modified === modified) return cached.entry;
  const slug = file.replace(/\.mdx?$/, "");
  const data: unknown = parse(FRONT_MATTER.exec(readFileSync(path, "utf8"))?.[1] ?? "");
  const record = typeof data === "object" && data !== null ? data : {};
  const entry: LessonEntry = {
    slug,
    title: "titulo" in record && typeof record.titulo === "string" ? record.titulo : slug,
    aliases:
      "alias" in record && Array.isArray(record.alias)
        ? record.alias.filter((alias): alias is string => typeof alias === "string")
        : [],
  };
  cache.set(file, { modified, entry });
  return entry;
}

/** Every lesson by its slug and by each alias. Reads only the files that changed since the last call. */
export function lessonIndex(): ReadonlyMap<string, LessonEntry> {
  const index = new Map<string, LessonEntry>();
  for (const file of readdirSync(FOLDER)) {
    if (!/\.mdx?$/.test(file)) continue;
    const entry = readLesson(file);
    for (const name of [entry.slug, ...entry.aliases]) index.set(name, entry);
  }
  return index;
}

/** The known name that looks most like `name`, when one is near enough to have been meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  return best && best.distance <= Math.max(2, name.length / 3) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

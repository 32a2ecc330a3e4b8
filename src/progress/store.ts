/**
 * What the reader has done, in this browser and nowhere else. One versioned record in localStorage; where storage is
 * refused (a private window, a full store) the site works and remembers nothing.
 *
 * Only what was *done* is kept, never half-written files: those belong to the workshop. Step ids are stable names, so a
 * step that an instructor removes leaves an id that nobody asks for, and harms nothing.
 */

const KEY = "despliega:progreso";

export interface Place {
  readonly title: string;
  readonly href: string;
}

export interface Progress {
  readonly version: 1;
  /** Slug of each lesson read to its end, with the day (`2026-11-24`). */
  readonly lessons: Readonly<Record<string, string>>;
  /** Exercise slug → ids of the steps done. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
  /** Exercises whose every step is done, with the day. */
  readonly exercises: Readonly<Record<string, string>>;
  /** Where the reader was last. */
  readonly last?: Place | undefined;
}

export const EMPTY: Progress = { version: 1, lessons: {}, steps: {}, exercises: {} };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";

function entries<T>(value: unknown, accept: (item: unknown) => item is T): Record<string, T> {
  const kept: Record<string, T> = {};
  if (isRecord(value)) for (const [key, item] of Object.entries(value)) if (accept(item)) kept[key] = item;
  return kept;
}

/** Reads a record of any origin; what is not of this version or not of its shape is dropped, never thrown. */
export function parseProgress(stored: string | null): Progress {
  if (stored === null) return EMPTY;
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return EMPTY;
  }
  if (!isRecord(value) || value.version !== 1) return EMPTY;
  const { last } = value;
  return {
    version: 1,
    lessons: entries(value.lessons, isText),
    steps: entries(value.steps, (item): item is string[] => Array.isArray(item) && item.every(isText)),
    exercises: entries(value.exercises, isText),
    // Only a path of this site: the record may be edited by anybody.
    ...(isRecord(last) &&
      isText(last.title) &&
      isText(last.href) &&
      /^\/(?!\/)/.test(last.href) && { last: { title: last.title, href: last.href } }),
  };
}

export function readProgress(): Progress {
  try {
    return parseProgress(localStorage.getItem(KEY));
  } catch {
    return EMPTY;
  }
}

/** Applies `change` to what is stored now, not to an older copy: another tab may have written meanwhile. */
function update(change: (progress: Progress) => Progress): Progress {
  const before = readProgress();
  const after = change(before);
  if (after !== before) {
    try {
      localStorage.setItem(KEY, JSON.stringify(after));
    } catch {
      // Refused: the page goes on without memory.
    }
  }
  return after;
}

const today = (): string => new Date().toISOString().slice(0, 10);

export function markLessonRead(slug: string): Progress {
  return update((progress) =>
    progress.lessons[slug] ? progress : { ...progress, lessons: { ...progress.lessons, [slug]: today() } },
  );
}

/** Idempotent, as the workbench asks. */
export function markStepDone(exercise: string, step: string): Progress {
  return update((progress) => {
    const done = progress.steps[exercise] ?? [];
    return done.includes(step) ? progress : { ...progress, steps: { ...progress.steps, [exercise]: [...done, step] } };
  });
}

export function markExerciseDone(slug: string): Progress {
  return update((progress) =>
    progress.exercises[slug] ? progress : { ...progress, exercises: { ...progress.exercises, [slug]: today() } },
  );
}

export function markPlace(place: Place): Progress {
  return update((progress) => ({ ...progress, last: place }));
}

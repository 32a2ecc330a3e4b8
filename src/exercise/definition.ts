/** From what an instructor wrote to what an engine needs. */

import type { Exercise, ExerciseDefinition } from "./schema";

/** @param files the start files: relative path to text */
export function exerciseDefinition(
  slug: string,
  exercise: Exercise,
  files: Readonly<Record<string, string>>,
): ExerciseDefinition {
  return {
    slug,
    folder: exercise.carpeta,
    files,
    steps: exercise.pasos.map(({ id, comprobaciones }) => ({ id, checks: comprobaciones })),
  };
}

/** The course as the pages show it: modules, their lessons, and each lesson's exercises, in order. */

import { type CollectionEntry, getCollection, getEntry } from "astro:content";

export interface CourseLesson {
  readonly slug: string;
  readonly href: string;
  readonly entry: CollectionEntry<"lecciones">;
  readonly exercises: readonly CourseExercise[];
}

export interface CourseExercise {
  readonly slug: string;
  readonly href: string;
  readonly entry: CollectionEntry<"ejercicios">;
}

export interface CourseModule {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly CourseLesson[];
}

let loading: Promise<readonly CourseModule[]> | undefined;

/** Read once per build; in development again on each call, since the content changes. */
export function course(): Promise<readonly CourseModule[]> {
  if (import.meta.env.DEV) return read();
  loading ??= read();
  return loading;
}

async function read(): Promise<readonly CourseModule[]> {
  const entry = await getEntry("curso", "curso");
  if (!entry) throw new Error("content/curso.yaml: no está o está vacío.");
  const lessons = new Map((await getCollection("lecciones")).map((lesson) => [lesson.id, lesson]));
  const exercises = await getCollection("ejercicios");
  const placed = new Set<string>();

  const modules = entry.data.modulos.map((module) => ({
    id: module.id,
    title: module.titulo,
    summary: module.resumen,
    lessons: module.lecciones.map(({ id }): CourseLesson => {
      const lesson = lessons.get(id);
      if (!lesson) throw new Error(`content/curso.yaml: la lección «${id}» no existe en content/lecciones.`);
      if (placed.has(id)) throw new Error(`content/curso.yaml: la lección «${id}» está dos veces.`);
      placed.add(id);
      return {
        slug: id,
        href: `/lecciones/${id}/`,
        entry: lesson,
        exercises: exercises
          .filter((exercise) => exercise.data.definicion.leccion === id)
          .map((exercise) => ({ slug: exercise.id, href: `/ejercicios/${exercise.id}/`, entry: exercise })),
      };
    }),
  }));
  for (const id of lessons.keys()) {
    if (!placed.has(id))
      throw new Error(`content/curso.yaml: falta la lección «${id}», que está en content/lecciones.`);
  }
  return modules;
}

export interface LessonPlace {
  readonly module: CourseModule;
  readonly lesson: CourseLesson;
  /** 1 for the first lesson of its module. */
  readonly position: number;
  readonly previous: CourseLesson | undefined;
  readonly next: CourseLesson | undefined;
}

/** Every lesson with its neighbours, in the course's order. */
export async function lessonPlaces(): Promise<readonly LessonPlace[]> {
  const modules = await course();
  const all = modules.flatMap((module) =>
    module.lessons.map((lesson, index) => ({ module, lesson, position: index + 1 })),
  );
  return all.map((place, index) => ({
    ...place,
    previous: all[index - 1]?.lesson,
    next: all[index + 1]?.lesson,
  }));
}

/** The contract with instructors: what each file of `content/` must have. Messages are theirs, in Spanish. */

import { defineCollection, reference } from "astro:content";
import { file, glob } from "astro/loaders";
import { z } from "astro/zod";
import { parse } from "yaml";
import { exerciseEntrySchema } from "./loaders/exercise-entry";
import { exerciseFolders } from "./loaders/exercise-folders";

/** A key that nobody knows is a misspelt one. */
const record = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `no se conoce ${issue.keys.map((key) => `«${key}»`).join(", ")}; se admiten: ${Object.keys(shape).join(", ")}`
        : undefined,
  });
const text = (what: string) =>
  z
    .string({ error: `falta ${what}, un texto` })
    .trim()
    .min(1, `${what} está vacío`);
const date = (what: string) => z.date({ error: `${what} debe ser una fecha como 2026-11-24, sin comillas` });
const list = (what: string) =>
  z.array(z.string({ error: `en ${what} solo puede haber textos` }), {
    error: `${what} debe ser una lista, aunque tenga un solo elemento`,
  });

const source = record({
  titulo: text("«titulo» de la fuente"),
  url: z.url({ error: "«url» de la fuente debe ser una dirección completa, con https://" }),
  consultado: date("«consultado» de la fuente"),
  /** What kind of source it is, or what to distrust in it. */
  nota: z.string().optional(),
});

const lecciones = defineCollection({
  loader: glob({ base: "./content/lecciones", pattern: "*.{md,mdx}", retainBody: false }),
  schema: record({
    titulo: text("«titulo»"),
    resumen: text("«resumen»").max(220, "«resumen» pasa de 220 caracteres"),
    /** Names by which `[[…]]` finds the lesson, beside its file name. */
    alias: list("«alias»").default([]),
    etiquetas: list("«etiquetas»").default([]),
    /** Words to be found by, which the text does not use in that form: stems change in Spanish. */
    palabras: list("«palabras»").default([]),
    /** Terms of the glossary that the lesson explains. */
    terminos: z.array(reference("glosario")).default([]),
    revisado: date("«revisado»"),
    fuentes: z.array(source, { error: "«fuentes» debe ser una lista" }).min(1, "al menos una fuente"),
  }),
});

const glosario = defineCollection({
  loader: glob({ base: "./content/glosario", pattern: "*.md" }),
  schema: record({
    termino: text("«termino»"),
    /** One sentence, as shown beside a lesson. */
    definicion: text("«definicion»"),
    ingles: z.string().optional(),
  }),
});

const curso = defineCollection({
  loader: file("./content/curso.yaml", { parser: (yaml) => ({ curso: parse(yaml) }) }),
  schema: record({
    titulo: text("«titulo»"),
    modulos: z
      .array(
        record({
          id: z.string().regex(/^[a-z0-9-]+$/, "«id» solo admite minúsculas, cifras y guiones"),
          titulo: text("«titulo» del módulo"),
          resumen: text("«resumen» del módulo"),
          lecciones: z.array(reference("lecciones")).min(1, "un módulo tiene al menos una lección"),
        }),
      )
      .min(1, "al menos un módulo"),
  }),
});

const ejercicios = defineCollection({ loader: exerciseFolders("content/ejercicios"), schema: exerciseEntrySchema });

export const collections = { lecciones, glosario, curso, ejercicios };

/** The closed vocabulary in which an instructor says what a step asks and how it is recognised as done. */

import { z } from "zod";
import { choice, flag, list, pattern, record, repeated, text, textLike, unknownKind, wholeNumber } from "./messages";

const path = textLike(/^(?!\/)(?!.*\.\.)[\w./ -]+$/, "una ruta relativa a la carpeta del ejercicio, sin «..»");
const slug = textLike(/^[a-z0-9-]+$/, "un nombre de minúsculas, cifras y guiones");

/** One thing that must be true. `falta` is what the learner reads while it is not: plain text, no Markdown. */
const checks = [
  record({
    tipo: z.literal("archivo"),
    ruta: path,
    /** The text must match (flags `mu`). */
    contiene: pattern().optional(),
    falta: text(),
  }),
  record({
    tipo: z.literal("repositorio"),
    /** At least so many commits on the current branch. */
    commits: wholeNumber(0).default(0),
    /** These files must be in the last commit, as they are in the folder now. */
    incluye: list(path).default([]),
    falta: text(),
  }),
  record({
    tipo: z.literal("aplicacion"),
    /** The folder's repository has a remote for it. */
    remoto: flag().default(true),
    falta: text(),
  }),
  record({
    tipo: z.literal("despliegue"),
    /** A release with a slug is current, and its number is at least this. */
    desde: wholeNumber(1).default(1),
    falta: text(),
  }),
  /** `valor` must match (flags `mu`). */
  record({ tipo: z.literal("config"), variable: text(), valor: pattern().optional(), falta: text() }),
  record({
    tipo: z.literal("dynos"),
    proceso: text().default("web"),
    /** At least so many. */
    cantidad: wholeNumber(0),
    /** So many and no more, e.g. to ask for none. */
    exacta: flag().default(false),
    /** E.g. `standard-1x`. */
    clase: text().optional(),
    /** They must be up, not only asked for. */
    arriba: flag().default(true),
    falta: text(),
  }),
  record({
    tipo: z.literal("http"),
    ruta: textLike(/^\//, "una ruta que empiece por «/»").default("/"),
    estado: wholeNumber(100).default(200),
    contiene: pattern().optional(),
    falta: text(),
  }),
  /** The learner looked at the application through the preview. */
  record({ tipo: z.literal("visita"), falta: text() }),
  record({ tipo: z.literal("rollback"), falta: text() }),
  /** A command line that ended with 0 and matches, e.g. `^heroku logs`. For what leaves no trace but having been read. */
  record({ tipo: z.literal("orden"), patron: pattern(), falta: text() }),
] as const;

export const checkSchema = z.discriminatedUnion(
  "tipo",
  checks,
  unknownKind(
    "tipo",
    checks.flatMap(({ shape }) => [...shape.tipo.values]),
  ),
);
export type Check = z.infer<typeof checkSchema>;

export const stepSchema = record({
  id: slug,
  titulo: text(),
  /** Markdown. */
  texto: text(),
  /** From a nudge to the command itself; Markdown. */
  pistas: list(text()).min(1, "al menos una pista"),
  comprobaciones: list(checkSchema).min(1, "al menos una comprobación"),
});

const steps = list(stepSchema)
  .min(1, "al menos un paso")
  .superRefine((all, context) => {
    const twice = repeated(all.map(({ id }) => id));
    if (twice !== undefined) context.addIssue({ code: "custom", message: `dos pasos tienen el id «${twice}»` });
  });

export const exerciseSchema = record({
  titulo: text(),
  /** One sentence: what will be running at the end. Markdown. */
  meta: text(),
  resumen: text(),
  leccion: slug.optional(),
  motor: choice(["integrado", "webcontainer"]).default("integrado"),
  /** Folder of the learner's home where the start files are put. */
  carpeta: slug,
  minutos: wholeNumber(1),
  pasos: steps,
});
export type Exercise = z.infer<typeof exerciseSchema>;

/** What an engine needs of an exercise: plain JSON. Once a step is done it stays done. */
export interface ExerciseDefinition {
  readonly slug: string;
  readonly folder: string;
  /** Relative path to text. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly id: string; readonly checks: readonly Check[] }[];
}

export interface StepState {
  readonly id: string;
  readonly state: "pendiente" | "completado";
  /** Of a pending step: the first thing that is missing, in Spanish. */
  readonly missing?: string;
}

/** The closed vocabulary in which an instructor says what a step asks and how it is recognised as done. */

import { z } from "zod";

const path = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./ -]+$/, "una ruta relativa a la carpeta del ejercicio, sin «..»");
const pattern = z.string().refine(
  (source) => {
    try {
      new RegExp(source, "mu");
      return true;
    } catch {
      return false;
    }
  },
  { message: "una expresión regular válida de JavaScript" },
);

/** One thing that must be true. `falta` is what the learner reads while it is not. */
export const checkSchema = z.discriminatedUnion("tipo", [
  z.strictObject({
    tipo: z.literal("archivo"),
    ruta: path,
    /** The text must match (flags `mu`). */
    contiene: pattern.optional(),
    falta: z.string(),
  }),
  z.strictObject({
    tipo: z.literal("repositorio"),
    /** At least so many commits on the current branch. */
    commits: z.number().int().nonnegative().default(0),
    /** These files must be in the last commit, as they are in the folder now. */
    incluye: z.array(path).default([]),
    falta: z.string(),
  }),
  z.strictObject({
    tipo: z.literal("aplicacion"),
    /** The folder's repository has a remote for it. */ remoto: z.boolean().default(true),
    falta: z.string(),
  }),
  z.strictObject({
    tipo: z.literal("despliegue"),
    /** A release with a slug is current. */ desde: z.number().int().positive().default(1),
    falta: z.string(),
  }),
  z.strictObject({ tipo: z.literal("config"), variable: z.string(), valor: pattern.optional(), falta: z.string() }),
  z.strictObject({
    tipo: z.literal("dynos"),
    proceso: z.string().default("web"),
    cantidad: z.number().int().nonnegative(),
    /** E.g. `standard-1x`. */
    clase: z.string().optional(),
    /** All of them must be up. */
    arriba: z.boolean().default(true),
    falta: z.string(),
  }),
  z.strictObject({
    tipo: z.literal("http"),
    ruta: z.string().startsWith("/").default("/"),
    estado: z.number().int().default(200),
    contiene: pattern.optional(),
    falta: z.string(),
  }),
  /** The learner looked at the application through the preview. */
  z.strictObject({ tipo: z.literal("visita"), falta: z.string() }),
  z.strictObject({ tipo: z.literal("rollback"), falta: z.string() }),
  /** A command line that ended with 0 and matches, e.g. `^heroku logs`. */
  z.strictObject({ tipo: z.literal("orden"), patron: pattern, falta: z.string() }),
]);
export type Check = z.infer<typeof checkSchema>;

export const stepSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, "minúsculas, cifras y guiones"),
  titulo: z.string(),
  /** Markdown. */
  texto: z.string(),
  /** From a nudge to the command itself; Markdown. */
  pistas: z.array(z.string()).min(1, "al menos una pista"),
  comprobaciones: z.array(checkSchema).min(1, "al menos una comprobación"),
});

export const exerciseSchema = z.strictObject({
  titulo: z.string(),
  /** One sentence: what will be running at the end. Markdown. */
  meta: z.string(),
  resumen: z.string(),
  leccion: z.string().optional(),
  motor: z.enum(["integrado", "webcontainer"]).default("integrado"),
  /** Folder of the learner's home where the start files are put. */
  carpeta: z.string().regex(/^[a-z0-9-]+$/, "minúsculas, cifras y guiones"),
  minutos: z.number().int().positive(),
  pasos: z.array(stepSchema).min(1),
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

import { z } from "astro/zod";
import { exerciseSchema } from "../exercise/schema";

const files = z.record(z.string(), z.string());

/** An exercise's folder, read: the declaration, the files, and its texts as HTML. */
export const exerciseEntrySchema = z.object({
  definicion: exerciseSchema,
  /** Relative path to text. */
  inicio: files,
  solucion: files,
  guion: z.string(),
  html: z.object({
    meta: z.string(),
    pasos: z.array(z.object({ texto: z.string(), pistas: z.array(z.string()) })),
  }),
});
export type ExerciseEntry = z.infer<typeof exerciseEntrySchema>;

import { z } from "zod";

/** How many dynos of a process type shall run, how large, and what they run. */
export const formationSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    command: z.string(),
    quantity: z.number(),
    /** As it is displayed, e.g. `Standard-1X`. */
    size: z.string(),
    createdAt: z.number(),
    updatedAt: z.number(),
  })
  .readonly();

export type Formation = z.infer<typeof formationSchema>;

export interface DynoSize {
  /** As it is displayed, e.g. `Standard-1X`; the API compares without regard to case. */
  readonly name: string;
  /** Megabytes. */
  readonly memory: number;
  /** Dynos of one process type. */
  readonly perType: number;
}

/** Dynos that one app may run on the Common Runtime. */
export const DYNOS_PER_APP = 100;

/** Sizes of the Common Runtime. Source: Dev Center, "Dyno Types" and "Dyno Tiers" (2025). */
export const DYNO_SIZES: readonly DynoSize[] = [
  { name: "Eco", memory: 512, perType: 1 },
  { name: "Basic", memory: 512, perType: 1 },
  { name: "Standard-1X", memory: 512, perType: DYNOS_PER_APP },
  { name: "Standard-2X", memory: 1024, perType: DYNOS_PER_APP },
  { name: "Performance-M", memory: 2560, perType: 10 },
  { name: "Performance-L", memory: 14336, perType: 10 },
  { name: "Performance-L-RAM", memory: 30720, perType: 10 },
  { name: "Performance-XL", memory: 63488, perType: 10 },
  { name: "Performance-2XL", memory: 129024, perType: 10 },
];

/** The size that new process types get. */
export const DEFAULT_SIZE = "Basic";

/** @param name in any case, e.g. `standard-1x`. */
export function findDynoSize(name: string): DynoSize | undefined {
  return DYNO_SIZES.find((size) => size.name.toLowerCase() === name.toLowerCase());
}

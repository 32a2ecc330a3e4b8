import { z } from "zod";

/** Value by key, in the order in which the keys were first set. */
export const configVarsSchema = z.record(z.string(), z.string()).readonly();

export type ConfigVars = z.infer<typeof configVarsSchema>;

import { z } from "zod";
import { packageSchema } from "./slug";

/** One run of a buildpack over a pushed commit. Dates are milliseconds since the epoch. */
export const buildSchema = z
  .object({
    id: z.string(),
    commit: z.string(),
    stack: z.string(),
    buildpack: z.string().nullable(),
    startedAt: z.number(),
    finishedAt: z.number().nullable(),
    outcome: z.discriminatedUnion("status", [
      z.object({ status: z.literal("pending") }).readonly(),
      z.object({ status: z.literal("succeeded"), slug: z.string(), release: z.number() }).readonly(),
      z.object({ status: z.literal("failed"), reason: z.string() }).readonly(),
    ]),
  })
  .readonly();

export type Build = z.infer<typeof buildSchema>;

/** The stored form of `BuildCache` of the buildpack's contract. */
export const buildCacheSchema = z
  .object({
    buildpack: z.string(),
    stack: z.string(),
    languageVersion: z.string(),
    manifest: z.string(),
    packages: z.array(packageSchema).readonly(),
  })
  .readonly();

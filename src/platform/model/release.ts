import { z } from "zod";
import { configVarsSchema } from "./config-var";

/** Why a release was made. */
export const releaseCauseSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("initial") }).readonly(),
  z.object({ kind: z.literal("logplex") }).readonly(),
  z.object({ kind: z.literal("deploy"), commit: z.string() }).readonly(),
  z
    .object({
      kind: z.literal("config"),
      set: z.array(z.string()).readonly(),
      unset: z.array(z.string()).readonly(),
    })
    .readonly(),
  z.object({ kind: z.literal("rollback"), to: z.number() }).readonly(),
]);

export type ReleaseCause = z.infer<typeof releaseCauseSchema>;

/** A slug together with the config vars: immutable, numbered from 1. */
export const releaseSchema = z
  .object({
    id: z.string(),
    version: z.number(),
    cause: releaseCauseSchema,
    /** Null until the first deploy. */
    slug: z.string().nullable(),
    configVars: configVarsSchema,
    by: z.string(),
    /** Milliseconds since the epoch. */
    createdAt: z.number(),
  })
  .readonly();

export type Release = z.infer<typeof releaseSchema>;

/** The text in `heroku releases` and in the log, e.g. `Deploy 60a874b3`. */
export function describeRelease(cause: ReleaseCause): string {
  switch (cause.kind) {
    case "initial":
      return "Initial release";
    case "logplex":
      return "Enable Logplex";
    case "deploy":
      return `Deploy ${cause.commit.slice(0, 8)}`;
    case "config": {
      const set = cause.set.length > 0 ? `Set ${cause.set.join(", ")}` : undefined;
      const unset = cause.unset.length > 0 ? `Remove ${cause.unset.join(", ")}` : undefined;
      return `${[set, unset].filter((part) => part !== undefined).join(" and ")} config vars`;
    }
    case "rollback":
      return `Rollback to v${cause.to}`;
  }
}

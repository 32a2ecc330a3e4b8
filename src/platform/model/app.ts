import { z } from "zod";
import { buildCacheSchema, buildSchema } from "./build";
import { formationSchema } from "./formation";
import { releaseSchema } from "./release";
import { slugSchema } from "./slug";

/** An app: code, configuration and everything that was made of them. Dates are milliseconds since the epoch. */
export const appSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** 12 hexadecimal digits; they stay when the app is renamed. */
    suffix: z.string(),
    /** `<name>-<suffix>.herokuapp.com`. */
    host: z.string(),
    region: z.enum(["us", "eu"]),
    /** The stack of the next build, e.g. `heroku-26`. */
    stack: z.string(),
    maintenance: z.boolean(),
    /** Set by the first build that succeeded. */
    buildpack: z.string().nullable(),
    buildCache: buildCacheSchema.nullable(),
    createdAt: z.number(),
    updatedAt: z.number(),
    /** In order of their versions; the last one is current. */
    releases: z.array(releaseSchema).readonly(),
    /** In order of their start. */
    builds: z.array(buildSchema).readonly(),
    /** By id. */
    slugs: z.record(z.string(), slugSchema).readonly(),
    /** By process type, in the order of the Procfile. */
    formation: z.record(z.string(), formationSchema).readonly(),
  })
  .readonly();

export type App = z.infer<typeof appSchema>;

/** The address of an app on the platform's own domain. */
export function hostOf(name: string, suffix: string): string {
  return `${name}-${suffix}.herokuapp.com`;
}

import { z } from "zod";

/** The stored form of `Package` of the ports. */
export const packageSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    wheel: z.string(),
    wheelSize: z.number(),
    metadataSize: z.number(),
    requires: z.array(z.object({ name: z.string(), specifier: z.string() }).readonly()).readonly(),
    modules: z.array(z.string()).readonly(),
  })
  .readonly();

/** What a build made. The files are not in it: a dyno reads them from the app's repository at `commit`. */
export const slugSchema = z
  .object({
    id: z.string(),
    commit: z.string(),
    stack: z.string(),
    buildpack: z.string(),
    /** E.g. `Python`. */
    language: z.string(),
    /** Exact, e.g. `3.14.7`. */
    languageVersion: z.string(),
    packages: z.array(packageSchema).readonly(),
    /** Command by process type. */
    processTypes: z.record(z.string(), z.string()).readonly(),
    /** What the buildpack's profile scripts set; config vars win over it. */
    env: z.record(z.string(), z.string()).readonly(),
    /** What the profile scripts print when a web dyno boots. */
    bootLines: z.array(z.string()).readonly(),
    /** Bytes, compressed. */
    size: z.number(),
    createdAt: z.number(),
  })
  .readonly();

export type Slug = z.infer<typeof slugSchema>;

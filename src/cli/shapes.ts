/**
 * What the commands read from the API's answers. Source: the Platform API's schema of June 2026.
 * An answer that has the shape is taken as it came, in its own order and with all it has: `--json` prints it so.
 */

import { z } from "zod";

export function asItCame<Shape extends z.ZodType>(shape: Shape): z.ZodType<z.infer<Shape>> {
  return z.custom<z.infer<Shape>>((value) => shape.safeParse(value).success, "not what the API is known to answer");
}

const reference = z.looseObject({ name: z.string() });

export const accountShape = asItCame(z.looseObject({ id: z.string(), email: z.string() }));

export const appShape = asItCame(
  z.looseObject({
    id: z.string(),
    name: z.string(),
    web_url: z.string(),
    git_url: z.string(),
    region: reference,
    stack: reference,
    build_stack: reference,
    owner: z.looseObject({ id: z.string(), email: z.string() }),
    acm: z.boolean(),
    /** `complete`, when the app is ready. */
    create_status: z.string().nullish(),
    archived_at: z.string().nullish(),
    repo_size: z.number().nullish(),
    slug_size: z.number().nullish(),
    internal_routing: z.boolean().nullish(),
    locked: z.boolean().nullish(),
    process_tier: z.string().nullish(),
  }),
);
export type App = z.infer<typeof appShape>;

export const releaseShape = asItCame(
  z.looseObject({
    id: z.string(),
    version: z.number(),
    description: z.string(),
    created_at: z.string(),
    current: z.boolean(),
    status: z.string(),
    eligible_for_rollback: z.boolean(),
    addon_plan_names: z.array(z.string()),
    user: z.looseObject({ email: z.string() }),
  }),
);
export type Release = z.infer<typeof releaseShape>;

export const formationShape = asItCame(z.looseObject({ type: z.string(), quantity: z.number(), size: z.string() }));

export const dynoShape = asItCame(
  z.looseObject({
    name: z.string(),
    type: z.string(),
    state: z.string(),
    size: z.string(),
    command: z.string(),
    updated_at: z.string(),
  }),
);
export type Dyno = z.infer<typeof dynoShape>;

export const configShape = z.record(z.string(), z.string());

export const regionShape = asItCame(
  z.looseObject({
    name: z.string(),
    description: z.string(),
    private_capable: z.boolean(),
  }),
);

/** For answers whose body does not matter. */
export const anything = z.unknown();

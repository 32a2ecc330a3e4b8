import { z } from "zod";
import { type App, appSchema } from "./app";
import { type Dyno, dynoSchema } from "./dyno";
import type { Release } from "./release";
import type { Slug } from "./slug";

/** Everything that the platform knows and keeps: plain JSON, replaced by every event, never mutated. */
export const stateSchema = z
  .object({
    /** By id. */
    apps: z.record(z.string(), appSchema).readonly(),
    /** By `dynoKey`. */
    dynos: z.record(z.string(), dynoSchema).readonly(),
  })
  .readonly();

export type PlatformState = z.infer<typeof stateSchema>;

export const EMPTY_STATE: PlatformState = { apps: {}, dynos: {} };

/** Finds an app by its id or its name. */
export function findApp(state: PlatformState, nameOrId: string): App | undefined {
  return Object.hasOwn(state.apps, nameOrId)
    ? state.apps[nameOrId]
    : Object.values(state.apps).find((app) => app.name === nameOrId);
}

/** The newest release. Every app has one from its first moment on. */
export function currentRelease(app: App): Release | undefined {
  return app.releases.at(-1);
}

/** The slug of the newest release; undefined until the first deploy. */
export function currentSlug(app: App): Slug | undefined {
  const slug = currentRelease(app)?.slug;
  return slug == null ? undefined : app.slugs[slug];
}

/** Dynos of an app, by process type in the order of the formation, then by number. */
export function dynosOf(state: PlatformState, app: App): readonly Dyno[] {
  const types = Object.keys(app.formation);
  const rank = (dyno: Dyno) => [types.indexOf(dyno.type), Number(dyno.name.split(".")[1])] as const;
  return Object.values(state.dynos)
    .filter((dyno) => dyno.app === app.id)
    .sort((one, other) => {
      const [type, number] = rank(one);
      const [otherType, otherNumber] = rank(other);
      return type - otherType || number - otherNumber;
    });
}

/** Every change of the domain is an event; the state is the fold of all events. */

import { z } from "zod";
import { type App, appSchema, hostOf } from "./model/app";
import { type Build, buildCacheSchema, buildSchema } from "./model/build";
import { dynoKey, dynoSchema } from "./model/dyno";
import { formationSchema } from "./model/formation";
import { releaseSchema } from "./model/release";
import { slugSchema } from "./model/slug";
import { type PlatformState, stateSchema } from "./model/state";

/** `at`: milliseconds since the epoch. `app`: the app's id. */
const common = { at: z.number(), app: z.string() };

export const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("app-created"), ...common, created: appSchema }).readonly(),
  z.object({ type: z.literal("app-renamed"), ...common, name: z.string() }).readonly(),
  z.object({ type: z.literal("app-destroyed"), ...common }).readonly(),
  z.object({ type: z.literal("maintenance-changed"), ...common, maintenance: z.boolean() }).readonly(),
  z.object({ type: z.literal("build-started"), ...common, build: buildSchema }).readonly(),
  z.object({ type: z.literal("build-failed"), ...common, build: z.string(), reason: z.string() }).readonly(),
  z
    .object({
      type: z.literal("build-succeeded"),
      ...common,
      build: z.string(),
      slug: z.string(),
      release: z.number(),
    })
    .readonly(),
  z
    .object({ type: z.literal("slug-created"), ...common, slug: slugSchema, cache: buildCacheSchema.nullable() })
    .readonly(),
  z.object({ type: z.literal("release-created"), ...common, release: releaseSchema }).readonly(),
  z
    .object({
      type: z.literal("formation-changed"),
      ...common,
      /** The whole formation after the change. */
      formation: z.record(z.string(), formationSchema).readonly(),
    })
    .readonly(),
  z.object({ type: z.literal("dyno-changed"), ...common, dyno: dynoSchema }).readonly(),
  z.object({ type: z.literal("dyno-removed"), ...common, name: z.string() }).readonly(),
  z
    .object({
      type: z.literal("state-restored"),
      at: z.number(),
      state: stateSchema,
    })
    .readonly(),
]);

export type PlatformEvent = z.infer<typeof eventSchema>;

/** The state after `event`. Pure; an event about an app that is gone changes nothing. */
export function fold(state: PlatformState, event: PlatformEvent): PlatformState {
  if (event.type === "state-restored") return event.state;
  if (event.type === "app-created") {
    return { ...state, apps: { ...state.apps, [event.app]: event.created } };
  }
  const app = state.apps[event.app];
  if (!app) return state;
  switch (event.type) {
    case "app-renamed":
      return put(state, { ...app, name: event.name, host: hostOf(event.name, app.suffix), updatedAt: event.at });
    case "app-destroyed":
      return {
        apps: without(state.apps, event.app),
        dynos: Object.fromEntries(Object.entries(state.dynos).filter(([, dyno]) => dyno.app !== event.app)),
      };
    case "maintenance-changed":
      return put(state, { ...app, maintenance: event.maintenance, updatedAt: event.at });
    case "build-started":
      return put(state, { ...app, builds: [...app.builds, event.build] });
    case "build-failed":
      return finishBuild(state, app, event, { status: "failed", reason: event.reason });
    case "build-succeeded":
      return finishBuild(state, app, event, { status: "succeeded", slug: event.slug, release: event.release });
    case "slug-created":
      return put(state, {
        ...app,
        slugs: { ...app.slugs, [event.slug.id]: event.slug },
        buildpack: event.slug.buildpack,
        buildCache: event.cache,
      });
    case "release-created":
      return put(state, { ...app, releases: [...app.releases, event.release], updatedAt: event.at });
    case "formation-changed":
      return put(state, { ...app, formation: event.formation, updatedAt: event.at });
    case "dyno-changed":
      return { ...state, dynos: { ...state.dynos, [dynoKey(event.app, event.dyno.name)]: event.dyno } };
    case "dyno-removed":
      return { ...state, dynos: without(state.dynos, dynoKey(event.app, event.name)) };
  }
}

function put(state: PlatformState, app: App): PlatformState {
  return { ...state, apps: { ...state.apps, [app.id]: app } };
}

function finishBuild(
  state: PlatformState,
  app: App,
  event: { readonly at: number; readonly build: string },
  outcome: Build["outcome"],
): PlatformState {
  const builds = app.builds.map((build) =>
    build.id === event.build ? { ...build, outcome, finishedAt: event.at } : build,
  );
  return put(state, { ...app, builds, updatedAt: event.at });
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  const { [key]: _removed, ...rest } = record;
  return rest;
}

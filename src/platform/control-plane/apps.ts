/** Create, rename, destroy, maintenance. */

import { hexDigits, uuid } from "../ids";
import { type App, hostOf } from "../model/app";
import { findApp } from "../model/state";
import type { Control } from "./control";
import { checkName, randomName } from "./names";
import { done, invalid, notFound, type Outcome } from "./outcome";
import { createRelease } from "./releases";

export const STACKS = ["heroku-22", "heroku-24", "heroku-26"] as const;
export const DEFAULT_STACK = "heroku-26";
export const REGIONS = ["us", "eu"] as const;

export interface NewApp {
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly stack?: string | undefined;
}

/** The new app has the releases v1 and v2, as every new app of the real platform. */
export function createApp(control: Control, wanted: NewApp): Outcome<App> {
  const { clock, random, store } = control;
  const name = wanted.name ?? freeName(control);
  const allowed = checkName(name);
  if (!allowed.ok) return allowed;
  if (isTaken(control, name)) return invalid(`Name ${name} is already taken`);
  const region = REGIONS.find((known) => known === (wanted.region ?? "us"));
  if (!region) return notFound("Couldn't find that region.");
  const stack = STACKS.find((known) => known === (wanted.stack ?? DEFAULT_STACK));
  if (!stack) return notFound("Couldn't find that stack.");

  const id = uuid(random);
  const suffix = hexDigits(random, 12);
  const at = clock.now();
  const created: App = {
    id,
    name,
    suffix,
    host: hostOf(name, suffix),
    region,
    stack,
    maintenance: false,
    buildpack: null,
    buildCache: null,
    createdAt: at,
    updatedAt: at,
    releases: [],
    builds: [],
    slugs: {},
    formation: {},
  };
  store.record({ type: "app-created", at, app: id, created });
  createRelease(control, id, { kind: "initial" }, { slug: null, configVars: {} });
  createRelease(control, id, { kind: "logplex" }, { slug: null, configVars: {} });
  return done(store.state.apps[id] ?? created);
}

/** The host follows the name; the suffix stays. */
export function renameApp(control: Control, app: App, name: string): Outcome<App> {
  if (name === app.name) return done(app);
  const allowed = checkName(name);
  if (!allowed.ok) return allowed;
  if (isTaken(control, name)) return invalid(`Name ${name} is already taken`);
  control.store.record({ type: "app-renamed", at: control.clock.now(), app: app.id, name });
  return done(control.store.state.apps[app.id] ?? app);
}

export function setMaintenance(control: Control, app: App, maintenance: boolean): App {
  if (maintenance === app.maintenance) return app;
  control.store.record({ type: "maintenance-changed", at: control.clock.now(), app: app.id, maintenance });
  control.router.changed(app.id);
  return control.store.state.apps[app.id] ?? app;
}

/** With its dynos, logs and cookies. */
export function destroyApp(control: Control, app: App): void {
  control.store.record({ type: "app-destroyed", at: control.clock.now(), app: app.id });
  control.dynos.drop(app.id);
  control.router.drop(app.id);
  control.logs.drop(app.id);
}

function freeName(control: Control): string {
  while (true) {
    const name = randomName(control.random);
    if (!isTaken(control, name)) return name;
  }
}

function isTaken({ store }: Control, name: string): boolean {
  return findApp(store.state, name) !== undefined;
}

/** The formation: which process types there are, how many dynos of each, how large. */

import type { Dyno } from "../dynos/dyno";
import { uuid } from "../ids";
import type { App } from "../model/app";
import { DEFAULT_SIZE, DYNOS_PER_APP, type Formation, findDynoSize } from "../model/formation";
import { currentSlug } from "../model/state";
import type { Control } from "./control";
import { apiLine } from "./control";
import { done, invalid, notFound, type Outcome } from "./outcome";

export interface FormationUpdate {
  readonly type: string;
  readonly quantity?: number | undefined;
  /** In any case, e.g. `standard-1x`. */
  readonly size?: string | undefined;
}

/**
 * Gives the formation exactly the process types of the current slug. Types that were there keep quantity and size;
 * of new ones, `web` gets one dyno on the app's first deploy and all others none.
 */
export function adoptProcessTypes(control: Control, appId: string): void {
  const { clock, random, store } = control;
  const app = store.state.apps[appId];
  const slug = app && currentSlug(app);
  if (!app || !slug) return;
  const at = clock.now();
  const first = app.releases.filter((release) => release.slug !== null).length <= 1;
  const entries = Object.entries(slug.processTypes)
    // The release phase is no process type that runs.
    .filter(([type]) => type !== "release")
    .map(([type, command]): [string, Formation] => {
      const old = app.formation[type];
      if (old) return [type, { ...old, command, updatedAt: old.command === command ? old.updatedAt : at }];
      const quantity = first && type === "web" ? 1 : 0;
      return [type, { id: uuid(random), type, command, quantity, size: DEFAULT_SIZE, createdAt: at, updatedAt: at }];
    });
  store.record({ type: "formation-changed", at, app: appId, formation: Object.fromEntries(entries) });
  if (first && entries.some(([, { quantity }]) => quantity > 0)) scaledLine(control, appId);
}

/** All updates or none. */
export function scale(control: Control, app: App, updates: readonly FormationUpdate[]): Outcome<readonly Formation[]> {
  const { clock, store } = control;
  const at = clock.now();
  const formation: Record<string, Formation> = { ...app.formation };
  const resized = new Set<string>();
  for (const { type, quantity, size } of updates) {
    const old = Object.hasOwn(formation, type) ? formation[type] : undefined;
    if (!old) return notFound(`Couldn't find that process type (${type}).`);
    const known = findDynoSize(size ?? old.size);
    if (!known) return notFound("Couldn't find that dyno size.");
    const next = { ...old, quantity: quantity ?? old.quantity, size: known.name, updatedAt: at };
    if (next.quantity > known.perType) {
      return invalid(`Cannot update to more than ${known.perType} ${known.name} size dynos per process type.`);
    }
    if (next.size !== old.size) resized.add(type);
    formation[type] = next;
  }
  const refused = checkTotal(control, app, formation);
  if (refused) return refused;

  store.record({ type: "formation-changed", at, app: app.id, formation });
  scaledLine(control, app.id);
  control.dynos.converge(app.id, (dyno: Dyno) => resized.has(dyno.type));
  return done(updates.flatMap(({ type }) => formation[type] ?? []));
}

function checkTotal({ store, maximumDynos }: Control, app: App, formation: Readonly<Record<string, Formation>>) {
  const count = (entries: Readonly<Record<string, Formation>>) =>
    Object.values(entries).reduce((sum, { quantity }) => sum + quantity, 0);
  const total = count(formation);
  if (total > DYNOS_PER_APP) return invalid(`Cannot run more than ${DYNOS_PER_APP} dynos per app.`);
  const others = Object.values(store.state.apps)
    .filter(({ id }) => id !== app.id)
    .reduce((sum, other) => sum + count(other.formation), 0);
  const grows = total > count(app.formation);
  if (grows && maximumDynos !== undefined && total + others > maximumDynos) {
    return invalid(`This simulation runs at most ${maximumDynos} dynos at once.`);
  }
  return undefined;
}

function scaledLine(control: Control, appId: string): void {
  const formation = Object.values(control.store.state.apps[appId]?.formation ?? {});
  const parts = formation.map(({ type, quantity, size }) => `${type}@${quantity}:${size}`);
  apiLine(control, appId, `Scaled to ${parts.join(" ")}`);
}

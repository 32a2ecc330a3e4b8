/** Keeps the running dynos equal to the formations of all apps. */

import type { Context } from "../context";
import { currentSlug } from "../model/state";
import { Dyno } from "./dyno";

export class Supervisor {
  private readonly context: Context;
  private readonly changed: (app: string) => void;
  /** By the app's id, then by the dyno's name. */
  private readonly apps = new Map<string, Map<string, Dyno>>();
  /** Out of the formation, on their way down. */
  private readonly leaving = new Map<Dyno, string>();

  /** @param changed called with the app's id after every change of one of its dynos */
  constructor(context: Context, changed: (app: string) => void) {
    this.context = context;
    this.changed = changed;
  }

  /** The dynos that run or shall run. */
  of(app: string): readonly Dyno[] {
    return [...(this.apps.get(app)?.values() ?? [])];
  }

  /**
   * Starts the dynos that the formation names and that are missing, stops those that it does not name.
   * @param restart which of those that stay start anew
   */
  converge(app: string, restart: (dyno: Dyno) => boolean = () => false): void {
    const wanted = this.wanted(app);
    const present = this.apps.get(app) ?? new Map<string, Dyno>();
    this.apps.set(app, present);
    for (const [name, dyno] of [...present]) {
      if (wanted.has(name)) continue;
      present.delete(name);
      this.leaving.set(dyno, app);
      this.context.store.record({ type: "dyno-removed", at: this.context.clock.now(), app, name });
      dyno.stop();
    }
    for (const dyno of [...present.values()]) if (restart(dyno)) dyno.restart();
    for (const [name, type] of wanted) {
      if (present.has(name)) continue;
      const dyno: Dyno = new Dyno({
        context: this.context,
        app,
        name,
        type,
        changed: () => this.changed(app),
        ended: () => this.leaving.delete(dyno),
      });
      present.set(name, dyno);
      dyno.start();
    }
    this.changed(app);
  }

  /** Kills an app's dynos at once: it was destroyed. */
  drop(app: string): void {
    for (const dyno of this.of(app)) dyno.kill();
    for (const [dyno, of] of [...this.leaving]) if (of === app) dyno.kill();
    this.apps.delete(app);
    this.changed(app);
  }

  /** Kills everything; no timer is left. */
  killAll(): void {
    const apps = [...this.apps.keys()];
    for (const app of apps) for (const dyno of this.of(app)) dyno.kill();
    for (const dyno of [...this.leaving.keys()]) dyno.kill();
    this.apps.clear();
    for (const app of apps) this.changed(app);
  }

  /** Boots every formation of the state, whatever the state says about its dynos: they died with their host. */
  startAll(): void {
    const { store, clock } = this.context;
    const { apps, dynos } = store.state;
    for (const dyno of Object.values(dynos)) {
      store.record({ type: "dyno-removed", at: clock.now(), app: dyno.app, name: dyno.name });
    }
    for (const app of Object.keys(apps)) this.converge(app);
  }

  /** Type by name of every dyno that the formation asks for. */
  private wanted(id: string): ReadonlyMap<string, string> {
    const app = this.context.store.state.apps[id];
    const wanted = new Map<string, string>();
    if (!app || !currentSlug(app)) return wanted;
    for (const { type, quantity } of Object.values(app.formation)) {
      for (let number = 1; number <= quantity; number += 1) wanted.set(`${type}.${number}`, type);
    }
    return wanted;
  }
}

/** Puts the platform together from its parts. */

import { createApi } from "./api/api";
import { type BuildTools, createBuilder } from "./control-plane/builds";
import type { Control } from "./control-plane/control";
import { Supervisor } from "./dynos/supervisor";
import { Logs } from "./logs/logs";
import { findApp } from "./model/state";
import { loadState, WriteThrough } from "./persistence";
import type { Platform, PlatformOptions } from "./platform";
import { Router } from "./router/router";
import { EventStore } from "./store";

/**
 * Loads the stored state and boots the dynos of its formations, without waiting for them.
 * Rejects with UnreadableState when what is stored cannot be understood, and with the storage's own errors.
 */
export async function assemblePlatform(options: PlatformOptions, tools: BuildTools): Promise<Platform> {
  const loaded = await loadState(options.storage);
  const store = new EventStore(loaded.state);
  const storage = new WriteThrough(options.storage, loaded.sequence);
  store.onEvent((event, state) => storage.add(event, state));

  const context = { ...options, store, logs: new Logs(options.clock, options.random) };
  const dynos = new Supervisor(context, (app) => router.changed(app));
  const router = new Router(context, dynos);
  const control: Control = { ...context, dynos, router };
  const closing = new AbortController();
  dynos.startAll();

  return {
    api: createApi(control),
    build: createBuilder(control, tools, closing.signal),
    route: (request, signal) => router.route(request, signal),
    app(nameOrId) {
      const app = findApp(store.state, nameOrId);
      return app && { id: app.id, name: app.name, host: app.host };
    },
    get state() {
      return store.state;
    },
    onEvent: (listener) => store.onEvent(listener),
    async restore(state) {
      dynos.killAll();
      router.clearCookies();
      for (const app of Object.keys(store.state.apps)) if (!Object.hasOwn(state.apps, app)) context.logs.drop(app);
      store.record({ type: "state-restored", at: options.clock.now(), state: { ...state, dynos: {} } });
      dynos.startAll();
      await storage.flush();
    },
    flush: () => storage.flush(),
    dispose() {
      closing.abort();
      dynos.killAll();
      router.close();
      context.logs.close();
    },
  };
}

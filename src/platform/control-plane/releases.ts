/** Releases: how they are made, and the way back. */

import { uuid } from "../ids";
import type { App } from "../model/app";
import type { ConfigVars } from "../model/config-var";
import { describeRelease, type Release, type ReleaseCause } from "../model/release";
import { currentRelease } from "../model/state";
import type { Control } from "./control";
import { apiLine } from "./control";
import { adoptProcessTypes } from "./formation";
import { done, invalid, notFound, type Outcome } from "./outcome";

/**
 * Records the next release of an app, gives the formation the process types of its slug and restarts the dynos.
 * Does not wait for them.
 */
export function createRelease(
  control: Control,
  appId: string,
  cause: ReleaseCause,
  content: { readonly slug: string | null; readonly configVars: ConfigVars },
): Release {
  const { clock, random, store, account } = control;
  const app = store.state.apps[appId];
  const previous = app && currentRelease(app);
  const release: Release = {
    id: uuid(random),
    version: (previous?.version ?? 0) + 1,
    cause,
    slug: content.slug,
    configVars: content.configVars,
    by: account.email,
    createdAt: clock.now(),
  };
  store.record({ type: "release-created", at: release.createdAt, app: appId, release });
  apiLine(control, appId, describeRelease(cause));
  apiLine(control, appId, `Release v${release.version} created`);
  if (release.slug !== null && release.slug !== previous?.slug) adoptProcessTypes(control, appId);
  control.dynos.converge(appId, () => true);
  return release;
}

/** @param reference a release's id or version number */
export function findRelease(app: App, reference: string): Release | undefined {
  return app.releases.find(({ id, version }) => id === reference || String(version) === reference);
}

/** Only a release with code can be rolled back to. */
export function isEligibleForRollback(release: Release): boolean {
  return release.slug !== null;
}

/** A new release with the slug and the config vars of an old one. */
export function rollBack(control: Control, app: App, reference: string): Outcome<Release> {
  const target = findRelease(app, reference);
  if (!target) return notFound("Couldn't find that release.");
  if (!isEligibleForRollback(target)) return invalid(`Release v${target.version} is not eligible for rollback.`);
  const { slug, configVars } = target;
  return done(createRelease(control, app.id, { kind: "rollback", to: target.version }, { slug, configVars }));
}

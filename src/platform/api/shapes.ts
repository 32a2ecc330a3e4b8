/** Resources in the shapes of the Platform API v3 (schema of June 2026), as far as the CLI reads them. */

import type { Control } from "../control-plane/control";
import { isEligibleForRollback } from "../control-plane/releases";
import type { App } from "../model/app";
import type { Build } from "../model/build";
import type { Dyno } from "../model/dyno";
import type { Formation } from "../model/formation";
import { describeRelease, type Release } from "../model/release";
import type { Slug } from "../model/slug";
import { currentRelease, currentSlug } from "../model/state";

/** To the second, as the API writes it, e.g. `2026-11-23T15:07:06Z`. */
export function date(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

export function showAccount({ account }: Control) {
  return {
    id: account.id,
    email: account.email,
    name: null,
    verified: true,
    beta: false,
    allow_tracking: false,
    default_organization: null,
    default_team: null,
    federated: false,
    sms_number: null,
    suspended_at: null,
    two_factor_authentication: false,
  };
}

export function showApp({ account }: Control, app: App) {
  const slug = currentSlug(app);
  return {
    acm: false,
    archived_at: null,
    build_stack: { id: app.stack, name: app.stack },
    buildpack_provided_description: slug?.language ?? null,
    created_at: date(app.createdAt),
    generation: { id: "cedar", name: "cedar" },
    git_url: `https://git.heroku.com/${app.name}.git`,
    id: app.id,
    internal_routing: null,
    maintenance: app.maintenance,
    name: app.name,
    organization: null,
    owner: { email: account.email, id: account.id },
    region: { id: app.region, name: app.region },
    released_at: date(currentRelease(app)?.createdAt ?? app.createdAt),
    repo_size: null,
    slug_size: slug?.size ?? null,
    space: null,
    stack: { id: slug?.stack ?? app.stack, name: slug?.stack ?? app.stack },
    team: null,
    updated_at: date(app.updatedAt),
    web_url: `https://${app.host}/`,
  };
}

function appReference({ id, name }: App) {
  return { id, name };
}

export function showRelease({ account }: Control, app: App, release: Release) {
  return {
    addon_plan_names: [],
    app: appReference(app),
    artifacts: release.slug === null ? [] : [{ id: release.slug, type: "slug" }],
    created_at: date(release.createdAt),
    current: release === currentRelease(app),
    description: describeRelease(release.cause),
    eligible_for_rollback: isEligibleForRollback(release),
    id: release.id,
    output_stream_url: null,
    slug: release.slug === null ? null : { id: release.slug },
    status: "succeeded",
    updated_at: date(release.createdAt),
    user: { email: release.by, id: account.id },
    version: release.version,
  };
}

export function showFormation(app: App, formation: Formation) {
  return {
    app: appReference(app),
    command: formation.command,
    created_at: date(formation.createdAt),
    dyno_size: { name: formation.size },
    id: formation.id,
    quantity: formation.quantity,
    size: formation.size,
    type: formation.type,
    updated_at: date(formation.updatedAt),
  };
}

export function showDyno(app: App, dyno: Dyno) {
  const release = app.releases.find(({ version }) => version === dyno.release);
  return {
    app: appReference(app),
    attach_url: null,
    command: dyno.command,
    created_at: date(dyno.createdAt),
    dyno_size: { name: dyno.size },
    id: dyno.id,
    name: dyno.name,
    release: { id: release?.id ?? null, version: dyno.release },
    size: dyno.size,
    state: dyno.state,
    type: dyno.type,
    updated_at: date(dyno.updatedAt),
  };
}

export function showBuild({ account }: Control, app: App, build: Build) {
  const { outcome } = build;
  const release =
    outcome.status === "succeeded" ? app.releases.find(({ version }) => version === outcome.release) : null;
  return {
    app: { id: app.id },
    buildpacks: build.buildpack === null ? [] : [{ name: build.buildpack, url: build.buildpack }],
    created_at: date(build.startedAt),
    id: build.id,
    output_stream_url: null,
    release: release ? { id: release.id } : null,
    slug: outcome.status === "succeeded" ? { id: outcome.slug } : null,
    source_blob: { checksum: null, url: null, version: build.commit },
    stack: build.stack,
    status: outcome.status,
    updated_at: date(build.finishedAt ?? build.startedAt),
    user: { email: account.email, id: account.id },
  };
}

export function showSlug(slug: Slug) {
  return {
    blob: null,
    buildpack_provided_description: slug.language,
    checksum: null,
    commit: slug.commit,
    commit_description: null,
    created_at: date(slug.createdAt),
    id: slug.id,
    process_types: slug.processTypes,
    size: slug.size,
    stack: { id: slug.stack, name: slug.stack },
    updated_at: date(slug.createdAt),
  };
}

/** Config vars, releases, builds, slugs. */

import { z } from "zod";
import { changeConfigVars, configVarsOf } from "../../control-plane/config";
import { findRelease, rollBack } from "../../control-plane/releases";
import { answer, type Endpoint, json, missing, ofApp, withBody } from "../endpoint";
import { page } from "../paging";
import { showBuild, showRelease, showSlug } from "../shapes";

const configChange = z.record(z.string(), z.string().nullable());
const rollback = z.object({ release: z.union([z.string(), z.number()]) });

export const releaseEndpoints: readonly Endpoint[] = [
  ofApp("GET", "/config-vars", (app) => json(configVarsOf(app))),
  ofApp("PATCH", "/config-vars", (app, call) =>
    withBody(configChange, call, (changes) =>
      answer(changeConfigVars(call.control, app, changes), (vars) => json(vars)),
    ),
  ),
  ofApp("GET", "/releases", (app, { control, request }) =>
    page(
      request,
      "version",
      app.releases.map((release) => showRelease(control, app, release)),
    ),
  ),
  ofApp("GET", "/releases/:release", (app, { control, params }) => {
    const release = findRelease(app, params.release ?? "");
    return release ? json(showRelease(control, app, release)) : missing("release");
  }),
  ofApp("GET", "/releases/:release/config-vars", (app, { params }) => {
    const release = findRelease(app, params.release ?? "");
    return release ? json(release.configVars) : missing("release");
  }),
  ofApp("POST", "/releases", (app, call) =>
    withBody(rollback, call, ({ release }) =>
      answer(rollBack(call.control, app, String(release)), (made) => {
        const now = call.control.store.state.apps[app.id] ?? app;
        return json(showRelease(call.control, now, made), 201);
      }),
    ),
  ),
  ofApp("GET", "/builds", (app, { control, request }) =>
    page(
      request,
      "created_at",
      app.builds.map((build) => showBuild(control, app, build)),
    ),
  ),
  ofApp("GET", "/builds/:build", (app, { control, params }) => {
    const build = app.builds.find(({ id }) => id === params.build);
    return build ? json(showBuild(control, app, build)) : missing("build");
  }),
  ofApp("GET", "/slugs/:slug", (app, { params }) => {
    const id = params.slug ?? "";
    const slug = Object.hasOwn(app.slugs, id) ? app.slugs[id] : undefined;
    return slug ? json(showSlug(slug)) : missing("slug");
  }),
];

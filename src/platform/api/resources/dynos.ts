/** Formation and dynos. */

import { z } from "zod";
import { scale } from "../../control-plane/formation";
import { notFound } from "../../control-plane/outcome";
import type { App } from "../../model/app";
import { dynosOf } from "../../model/state";
import { answer, type Call, type Endpoint, json, missing, ofApp, refused, withBody } from "../endpoint";
import type { ApiResponse } from "../http";
import { page } from "../paging";
import { showDyno, showFormation } from "../shapes";

const size = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).nullish();
const change = z.object({
  quantity: z.number().int().min(0).nullish(),
  size,
  dyno_size: size,
});
const batch = z.object({ updates: z.array(change.extend({ type: z.string() })) });

/** `size` is the older name of `dyno_size`. */
function update(type: string, { quantity, size: old, dyno_size }: z.infer<typeof change>) {
  return { type, quantity: quantity ?? undefined, size: old ?? dyno_size ?? undefined };
}

export const dynoEndpoints: readonly Endpoint[] = [
  ofApp("GET", "/formation", (app) => json(Object.values(app.formation).map((entry) => showFormation(app, entry)))),
  ofApp("GET", "/formation/:type", (app, { params }) => {
    const type = params.type ?? "";
    const formation = Object.hasOwn(app.formation, type) ? app.formation[type] : undefined;
    return formation ? json(showFormation(app, formation)) : noSuchType(type);
  }),
  ofApp("PATCH", "/formation", (app, call) =>
    withBody(batch, call, ({ updates }) =>
      answer(
        scale(
          call.control,
          app,
          updates.map((change) => update(change.type, change)),
        ),
        (changed) => json(changed.map((entry) => showFormation(app, entry))),
      ),
    ),
  ),
  ofApp("PATCH", "/formation/:type", (app, call) =>
    withBody(change, call, (body) =>
      answer(scale(call.control, app, [update(call.params.type ?? "", body)]), ([entry]) =>
        entry ? json(showFormation(app, entry)) : missing("formation"),
      ),
    ),
  ),
  ofApp("GET", "/dynos", (app, { control, request }) =>
    page(
      request,
      "name",
      dynosOf(control.store.state, app).map((dyno) => showDyno(app, dyno)),
    ),
  ),
  ofApp("GET", "/dynos/:dyno", (app, { control, params }) => {
    const dyno = dynosOf(control.store.state, app).find(({ id, name }) => id === params.dyno || name === params.dyno);
    return dyno ? json(showDyno(app, dyno)) : missing("dyno");
  }),
  ofApp("DELETE", "/dynos", (app, { control }) => {
    control.dynos.converge(app.id, () => true);
    return json({}, 202);
  }),
  ofApp("DELETE", "/dynos/:dyno", replaceDyno),
  ofApp("DELETE", "/formations/:type", replaceType),
  // A stopped dyno of the formation is started again: to the platform, stopping is restarting.
  ofApp("POST", "/dynos/:dyno/actions/stop", replaceDyno),
  ofApp("POST", "/formations/:type/actions/stop", replaceType),
];

function replaceDyno(app: App, { control, params }: Call): ApiResponse {
  const dyno = dynosOf(control.store.state, app).find(({ id, name }) => id === params.dyno || name === params.dyno);
  if (!dyno) return missing("dyno");
  control.dynos.converge(app.id, ({ name }) => name === dyno.name);
  return json({}, 202);
}

function replaceType(app: App, { control, params }: Call): ApiResponse {
  const type = params.type ?? "";
  if (!Object.hasOwn(app.formation, type)) return noSuchType(type);
  control.dynos.converge(app.id, (dyno) => dyno.type === type);
  return json({}, 202);
}

function noSuchType(type: string) {
  return refused(notFound(`Couldn't find that process type (${type}).`).refusal);
}

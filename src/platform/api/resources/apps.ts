/** `/apps`, and what hangs on an app but is not simulated: it answers as for an app that has none of it. */

import { z } from "zod";
import { createApp, destroyApp, REGIONS, renameApp, STACKS, setMaintenance } from "../../control-plane/apps";
import { done } from "../../control-plane/outcome";
import { answer, type Call, type Endpoint, json, missing, ofApp, withBody } from "../endpoint";
import { page } from "../paging";
import { showAccount, showApp } from "../shapes";

const creation = z.object({
  name: z.string().nullish(),
  region: z.string().nullish(),
  stack: z.string().nullish(),
});
const change = z.object({ name: z.string().nullish(), maintenance: z.boolean().nullish() });

const list = ({ control, request }: Call) =>
  page(
    request,
    "name",
    Object.values(control.store.state.apps).map((app) => showApp(control, app)),
  );

const COUNTRIES = { us: ["United States", "United States"], eu: ["Europe", "Ireland"] } as const;

export const appEndpoints: readonly Endpoint[] = [
  { method: "GET", path: "/account", handle: ({ control }) => json(showAccount(control)) },
  {
    method: "GET",
    path: "/regions",
    handle: () =>
      json(
        REGIONS.map((name) => {
          const [description, country] = COUNTRIES[name];
          return { id: name, name, description, country, default: name === "us", private_capable: false };
        }),
      ),
  },
  {
    method: "GET",
    path: "/stacks",
    handle: () => json(STACKS.map((name) => ({ id: name, name, default: name === "heroku-26", state: "public" }))),
  },
  { method: "GET", path: "/apps", handle: list },
  { method: "GET", path: "/users/:user/apps", handle: list },
  {
    method: "POST",
    path: "/apps",
    handle: (call) =>
      withBody(creation, call, ({ name, region, stack }) => {
        const wanted = { name: name ?? undefined, region: region ?? undefined, stack: stack ?? undefined };
        return answer(createApp(call.control, wanted), (app) => json(showApp(call.control, app), 201));
      }),
  },
  ofApp("GET", "", (app, { control }) => json(showApp(control, app))),
  ofApp("PATCH", "", (app, call) =>
    withBody(change, call, ({ name, maintenance }) => {
      const { control } = call;
      const renamed = name == null ? done(app) : renameApp(control, app, name);
      return answer(renamed, (now) =>
        json(showApp(control, maintenance == null ? now : setMaintenance(control, now, maintenance))),
      );
    }),
  ),
  ofApp("DELETE", "", (app, { control }) => {
    const shown = showApp(control, app);
    destroyApp(control, app);
    return json(shown);
  }),
  ofApp("GET", "/addons", () => json([])),
  ofApp("GET", "/addon-attachments", () => json([])),
  ofApp("GET", "/features", () => json([])),
  ofApp("GET", "/buildpack-installations", (app) =>
    json(app.buildpack === null ? [] : [{ ordinal: 0, buildpack: { name: app.buildpack, url: app.buildpack } }]),
  ),
  ofApp("GET", "/collaborators", (_app, { control: { account } }) =>
    json([{ role: "owner", user: { email: account.email, id: account.id } }]),
  ),
  ofApp("GET", "/domains", (app) =>
    json([{ app: { id: app.id, name: app.name }, cname: null, hostname: app.host, kind: "heroku", status: "none" }]),
  ),
  ofApp("GET", "/pipeline-couplings", () => missing("pipeline coupling")),
];

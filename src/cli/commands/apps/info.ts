/** `heroku apps:info`. */

import { z } from "zod";
import { type CommandSpec, type Input, OPTIONAL_APP, PROMPT_FLAG, REMOTE_FLAG } from "../../command";
import { CliError } from "../../failure";
import { fileSize } from "../../file-size";
import { type App, appShape, asItCame, dynoShape } from "../../shapes";

const addonShape = asItCame(z.looseObject({ plan: z.looseObject({ name: z.string() }) }));
const collaboratorShape = asItCame(z.looseObject({ user: z.looseObject({ email: z.string() }) }));
const couplingShape = asItCame(z.looseObject({ stage: z.string(), pipeline: z.looseObject({ name: z.string() }) }));

export const info: CommandSpec = {
  id: "apps:info",
  description: "show detailed app information",
  args: [{ name: "app", hidden: true }],
  flags: [
    PROMPT_FLAG,
    OPTIONAL_APP,
    { name: "json", char: "j", kind: "boolean", description: "output in json format" },
    REMOTE_FLAG,
    { name: "shell", char: "s", kind: "boolean", description: "output more shell friendly key/value pairs" },
  ],
  examples: [" $ heroku apps:info ", " $ heroku apps:info --shell "],
  async run(input) {
    const { args, flags, print } = input;
    const name = args.app ?? input.app;
    if (!name) throw new CliError("No app specified.\nUSAGE: heroku apps:info --app my-app", "plain");
    const details = await collect(input, name);
    if (flags.has("shell")) await printForShell(input, details);
    else if (flags.has("json")) await print.json(details);
    else await printForPeople(input, details);
    return 0;
  },
};

type Details = Awaited<ReturnType<typeof collect>>;

async function collect({ api }: Input, name: string) {
  const [addons, app, dynos, collaborators, coupling] = await Promise.all([
    api.get(z.array(addonShape), `/apps/${name}/addons`),
    api.get(appShape, `/apps/${name}`),
    api.find(z.array(dynoShape), `/apps/${name}/dynos`),
    api.find(z.array(collaboratorShape), `/apps/${name}/collaborators`),
    api.find(couplingShape, `/apps/${name}/pipeline-couplings`),
  ]);
  return {
    addons,
    app,
    collaborators: collaborators ?? [],
    dynos: dynos ?? [],
    pipeline_coupling: coupling ?? null,
  };
}

const plansOf = ({ addons }: Details) => addons.map(({ plan }) => plan.name).sort();

const othersOf = ({ app, collaborators }: Details) =>
  collaborators
    .map(({ user }) => user.email)
    .filter((email) => email !== app.owner.email)
    .sort();

/** How many dynos of each type, in the order in which they come. */
function countTypes({ dynos }: Details): readonly string[] {
  const counts = new Map<string, number>();
  for (const { type } of dynos) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${type}: ${count}`);
}

async function printForPeople({ print }: Input, details: Details): Promise<void> {
  const { app, pipeline_coupling: coupling } = details;
  await print.header(print.app(app.name));
  await print.pairs([
    ["Addons", plansOf(details)],
    ["Collaborators", othersOf(details)],
    ["Archived At", app.archived_at ? [new Date(app.archived_at).toISOString()] : []],
    ["Create Status", isPending(app) ? [app.create_status ?? ""] : []],
    ["Pipeline", coupling ? [`${print.paint("pipeline", coupling.pipeline.name)} - ${coupling.stage}`] : []],
    ["Auto Cert Mgmt", String(app.acm)],
    ["Git URL", app.git_url],
    ["Web URL", print.paint("info", app.web_url)],
    ["Repo Size", fileSize(app.repo_size ?? 0)],
    ["Slug Size", fileSize(app.slug_size ?? 0)],
    ["Owner", print.paint("user", app.owner.email)],
    ["Region", app.region.name],
    ["Dynos", countTypes(details).join(", ")],
    ["Stack", stackOf(app)],
  ]);
}

const isPending = ({ create_status: status }: App) => status != null && status !== "complete";

function stackOf({ stack, build_stack }: App): string {
  return stack.name === build_stack.name ? stack.name : `${stack.name} (next build will use ${build_stack.name})`;
}

async function printForShell({ print }: Input, details: Details): Promise<void> {
  const { app, pipeline_coupling: coupling } = details;
  const counts = countTypes(details).join(", ");
  const lines = [
    `auto_cert_mgmt=${app.acm}`,
    `addons=${plansOf(details).join(",")}`,
    `collaborators=${othersOf(details).join(",")}`,
    ...(app.archived_at ? [`archived_at=${new Date(app.archived_at).toISOString()}`] : []),
    ...(isPending(app) ? [`create_status=${app.create_status}`] : []),
    ...(coupling ? [`pipeline=${coupling.pipeline.name}:${coupling.stage}`] : []),
    `git_url=${app.git_url}`,
    `web_url=${app.web_url}`,
    `repo_size=${fileSize(app.repo_size ?? 0)}`,
    `slug_size=${fileSize(app.slug_size ?? 0)}`,
    `owner=${app.owner.email}`,
    `region=${app.region.name}`,
    `dynos=${counts ? `{ ${counts} }` : "{}"}`,
    `stack=${app.stack.name}`,
  ];
  for (const line of lines) await print.out(line);
}

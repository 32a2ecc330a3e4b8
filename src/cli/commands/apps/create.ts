/** `heroku create`. */

import { gitUrl } from "../../app";
import { type CommandSpec, type Input, PROMPT_FLAG } from "../../command";
import { type App, anything, appShape } from "../../shapes";

export const create: CommandSpec = {
  id: "apps:create",
  description: "creates a new app",
  args: [{ name: "app", description: "name of app to create" }],
  flags: [
    PROMPT_FLAG,
    { name: "addons", kind: "string", description: "comma-delimited list of addons to install" },
    { name: "app", kind: "string", hidden: true },
    { name: "buildpack", char: "b", kind: "string", description: "buildpack url to use for this app" },
    { name: "json", kind: "boolean", description: "output in json format" },
    { name: "no-remote", char: "n", kind: "boolean", description: "do not create a git remote" },
    { name: "region", kind: "string", description: "specify region for the app to run in" },
    {
      name: "remote",
      char: "r",
      kind: "string",
      description: 'the git remote to create, default "heroku"',
      default: "heroku",
    },
    { name: "space", kind: "string", description: "the private space to create the app in" },
    { name: "stack", char: "s", kind: "string", description: "the stack to create the app on" },
    { name: "team", char: "t", kind: "string", description: "team to use" },
  ],
  examples: [
    " $ heroku apps:create \nCreating app... done, stack is heroku-24\nhttps://floating-dragon-42.heroku.com/ | https://git.heroku.com/floating-dragon-42.git",
    "# or just\n $ heroku create ",
    "# use a heroku.yml manifest file\n $ heroku apps:create --manifest ",
    "# specify a buildpack\n $ heroku apps:create --buildpack https://github.com/some/buildpack.git ",
    "# specify a name\n $ heroku apps:create example ",
    "# create a staging app\n $ heroku apps:create example-staging --remote staging ",
    "# create an app in the eu region\n $ heroku apps:create --region eu ",
  ],
  async run(input) {
    const { flags, api, print } = input;
    const app = await createApp(input);
    for (const plan of (flags.text("addons") ?? "").split(",").filter(Boolean)) {
      const body = { plan: plan.trim() };
      await print.action(`Adding ${print.paint("addon", body.plan)}`, async () => [
        await api.call(anything, "POST", `/apps/${app.name}/addons`, { body }),
      ]);
    }
    const buildpack = flags.text("buildpack");
    if (buildpack !== undefined) {
      await print.action(`Setting buildpack to ${print.paint("info", buildpack)}`, async () => [
        await api.call(anything, "PUT", `/apps/${app.name}/buildpack-installations`, {
          body: { updates: [{ buildpack }] },
        }),
      ]);
    }
    await addRemote(input, app);
    if (flags.has("json")) await print.json(app);
    else await print.out(`${print.paint("info", app.web_url)} | ${print.paint("info", gitUrl(app.name))}`);
    return 0;
  },
};

function createApp({ args, flags, api, print, context }: Input): Promise<App> {
  const name = flags.text("app") ?? args.app ?? context.env.HEROKU_APP;
  const [region, stack, space, team] = ["region", "stack", "space", "team"].map((flag) => flags.text(flag));
  const title = `Creating ${name ? print.app(name) : "app"}${space ? ` in space ${space}` : ""}`;
  return print.action(title, async () => {
    const path = space || team ? "/teams/apps" : "/apps";
    const app = await api.call(appShape, "POST", path, { body: { name, region, space, stack, team } });
    const status = [
      "done",
      ...(name ? [] : [print.app(app.name)]),
      ...(region ? [`region is ${print.paint("info", app.region.name)}`] : []),
      ...(stack ? [`stack is ${print.paint("info", app.stack.name)}`] : []),
    ];
    return [app, status.join(", ")];
  });
}

/** A remote of that name that is already there stays as it is. */
async function addRemote({ flags, context }: Input, app: App): Promise<void> {
  const remote = flags.text("remote") ?? "heroku";
  const remotes = flags.has("no-remote") ? undefined : await context.git.remotes();
  if (!remotes || remotes.some(({ name }) => name === remote)) return;
  await context.git.setRemote(remote, gitUrl(app.name));
}

/** `heroku apps` and what belongs to one app: create, info, destroy, rename, open. */

import { z } from "zod";
import { herokuRemotes } from "../app";
import { anything, appShape, dynoShape } from "../client";
import { APP_FLAGS, type CommandSpec, JSON_FLAG } from "../command";
import { CliError } from "../output";

const addresses = ({ web_url, git_url }: z.infer<typeof appShape>) => `${web_url} | ${git_url}`;

export const create: CommandSpec = {
  name: "apps:create",
  aliases: ["create"],
  summary: "creates a new app",
  args: [{ name: "APP", description: "name of app to create", required: false }],
  flags: [
    { name: "remote", char: "r", kind: "string", description: 'the git remote to create, default "heroku"' },
    { name: "no-remote", char: "n", kind: "boolean", description: "do not create a git remote" },
    { name: "region", kind: "string", description: "specify region for the app to run in" },
    { name: "stack", char: "s", kind: "string", description: "the stack to create the app on" },
    { name: "app", char: "a", kind: "string", description: "name of app to create" },
    JSON_FLAG,
  ],
  examples: [
    "heroku apps:create",
    "heroku apps:create example-staging --remote staging",
    "heroku apps:create --region eu",
  ],
  async run({ args, flags, api, print, context }) {
    const name = args.APP ?? flags.text("app");
    const region = flags.text("region");
    const stack = flags.text("stack");
    const app = await print.action(`Creating ${name ? print.appOnError(name) : "app"}`, async () => {
      const value = await api.call(appShape, "POST", "/apps", { name, region, stack });
      const details = [
        name ? undefined : print.appOnError(value.name),
        stack ? `stack is ${stack}` : undefined,
        region ? `region is ${value.region.name}` : undefined,
      ].filter((detail) => detail !== undefined);
      return { value, done: ["done", ...details].join(", ") };
    });
    if (!flags.has("no-remote") && (await context.git.remotes())) {
      await context.git.setRemote(flags.text("remote") ?? "heroku", app.git_url);
    }
    await print.out(flags.has("json") ? JSON.stringify(app, null, 2) : addresses(app));
    return 0;
  },
};

export const apps: CommandSpec = {
  name: "apps",
  aliases: ["list", "apps:list"],
  summary: "list your apps",
  flags: [{ name: "all", char: "A", kind: "boolean", description: "include apps in all teams" }, JSON_FLAG],
  examples: ["heroku apps"],
  async run({ flags, api, print }) {
    const list = await api.get(z.array(appShape), "/users/~/apps");
    const sorted = [...list].sort((one, other) => (one.name < other.name ? -1 : 1));
    if (flags.has("json")) await print.out(JSON.stringify(sorted, null, 2));
    else if (sorted.length === 0) await print.out("You have no apps.");
    else {
      const { email } = await api.get(z.object({ email: z.string() }), "/account");
      await print.header(`${print.colour("user", email)} Apps`);
      for (const { name, region } of sorted)
        await print.out(print.app(name) + (region.name === "us" ? "" : ` (${region.name})`));
      await print.out("");
    }
    return 0;
  },
};

/** Bytes as the CLI shows them: whole units of 1024. */
function fileSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Math.round(value)} ${units[unit]}`;
}

export const info: CommandSpec = {
  name: "apps:info",
  aliases: ["info"],
  summary: "show detailed app information",
  args: [{ name: "APP", description: "app to show information of", required: false }],
  flags: [
    ...APP_FLAGS,
    { name: "shell", char: "s", kind: "boolean", description: "output more shell friendly key/value pairs" },
    JSON_FLAG,
  ],
  app: "optional",
  examples: ["heroku apps:info", "heroku apps:info --shell"],
  async run({ args, app, flags, api, print }) {
    const name = args.APP ?? app;
    if (name === "") throw new CliError("No app specified.\nUSAGE: heroku apps:info --app my-app", "plain");
    const shown = await api.get(appShape, `/apps/${name}`);
    const dynos = await api.get(z.array(dynoShape), `/apps/${name}/dynos`);
    const counts = new Map<string, number>();
    for (const { type } of dynos) counts.set(type, (counts.get(type) ?? 0) + 1);
    if (flags.has("json")) {
      await print.out(JSON.stringify({ app: shown, dynos }, null, 2));
      return 0;
    }
    const dynoText = [...counts].map(([type, count]) => `${type}: ${count}`).join(", ");
    const stack =
      shown.stack.name === shown.build_stack.name
        ? shown.stack.name
        : `${shown.stack.name} (next build will use ${shown.build_stack.name})`;
    const rows: [string, string | undefined][] = [
      ["Auto Cert Mgmt", String(shown.acm)],
      ["Git URL", shown.git_url],
      ["Web URL", shown.web_url],
      ["Repo Size", shown.repo_size === null ? undefined : fileSize(shown.repo_size)],
      ["Slug Size", shown.slug_size === null ? undefined : fileSize(shown.slug_size)],
      ["Owner", shown.owner.email],
      ["Region", shown.region.name],
      ["Dynos", dynoText],
      ["Stack", stack],
    ];
    if (flags.has("shell")) {
      for (const [key, value] of rows) {
        if (value !== undefined) await print.out(`${key.toLowerCase().replaceAll(" ", "_")}=${value}`);
      }
      return 0;
    }
    await print.header(shown.name);
    await print.pairs(rows.flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, value]])));
    return 0;
  },
};

export const destroy: CommandSpec = {
  name: "apps:destroy",
  aliases: ["destroy", "apps:delete"],
  summary: "permanently destroy an app",
  description: "This will also destroy all add-ons on the app.",
  args: [{ name: "APP", description: "app to destroy", required: false }],
  flags: [
    ...APP_FLAGS,
    { name: "confirm", char: "c", kind: "string", description: "set to app name to bypass confirm prompt" },
  ],
  app: "optional",
  async run({ args, app, flags, api, print, context }) {
    const name = args.APP ?? app;
    if (name === "") throw new CliError("No app specified.\nUSAGE: heroku apps:destroy APPNAME", "plain");
    await api.get(appShape, `/apps/${name}`);
    const shown = print.appOnError(name);
    const confirmed = flags.text("confirm");
    if (confirmed === undefined) {
      await print.warn(`This will delete ${shown} including all add-ons.`);
      const typed = await context.terminal.ask(
        `\n? To proceed, type ${name} or re-run this command with --confirm ${name} `,
      );
      if (typed !== name) throw new CliError(`Confirmation did not match ${name}. Aborted.`, "plain");
    } else if (confirmed !== name)
      throw new CliError(`Confirmation ${confirmed} did not match ${name}. Aborted.`, "plain");
    await print.action(`Destroying ${shown} (including all add-ons)`, async () => ({
      value: await api.call(anything, "DELETE", `/apps/${name}`),
    }));
    for (const { remote, app: of } of await herokuRemotes(context))
      if (of === name) await context.git.removeRemote(remote);
    return 0;
  },
};

export const rename: CommandSpec = {
  name: "apps:rename",
  aliases: ["rename"],
  summary: "rename an app",
  description: "This will locally update the git remote if it is set to the old app.",
  args: [{ name: "NEWNAME", description: "new unique name of the app", required: true }],
  flags: [...APP_FLAGS],
  app: "required",
  examples: ["heroku apps:rename --app oldname newname"],
  async run({ args, app, api, print, context }) {
    const name = args.NEWNAME ?? "";
    const renamed = await print.action(`Renaming ${print.appOnError(app)} to ${print.appOnError(name)}`, async () => ({
      value: await api.call(appShape, "PATCH", `/apps/${app}`, { name }),
    }));
    await print.out(addresses(renamed));
    for (const { remote, app: of } of await herokuRemotes(context)) {
      if (of !== app) continue;
      await context.git.setRemote(remote, renamed.git_url);
      await print.out(`Git remote ${remote} updated`);
    }
    await print.warn("Don't forget to update git remotes for all other local checkouts of the app.");
    return 0;
  },
};

export const open: CommandSpec = {
  name: "apps:open",
  aliases: ["open"],
  summary: "open the app in a web browser",
  args: [{ name: "PATH", description: "enables opening of the path, relative to the app", required: false }],
  flags: [...APP_FLAGS],
  app: "required",
  examples: ["heroku open -a myapp", "heroku open -a myapp /foo"],
  async run({ args, app, api, print, context }) {
    const { web_url } = await api.get(appShape, `/apps/${app}`);
    const url = new URL(args.PATH ?? "", web_url).href;
    await print.out(`Opening ${url}...`);
    await context.browser.open(url);
    return 0;
  },
};

export const gitRemote: CommandSpec = {
  name: "git:remote",
  summary: "adds a git remote to an app repo",
  flags: [
    { name: "app", char: "a", kind: "string", description: "the Heroku app to use" },
    { name: "remote", char: "r", kind: "string", description: "the git remote to create" },
  ],
  examples: ["heroku git:remote -a example", "heroku git:remote --remote heroku-staging -a example"],
  async run({ flags, api, print, context }) {
    const name = flags.text("app") ?? context.env.HEROKU_APP;
    if (name === undefined) throw new CliError("Specify an app with --app");
    const app = await api.get(appShape, `/apps/${name}`);
    if (!(await context.git.remotes()))
      throw new CliError("fatal: not a git repository (or any of the parent directories): .git", "plain");
    const remote = flags.text("remote") ?? "heroku";
    await context.git.setRemote(remote, app.git_url);
    await print.out(`set git remote ${remote} to ${app.git_url}`);
    return 0;
  },
};

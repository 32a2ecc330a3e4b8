/** `heroku releases`, `releases:info`, `rollback`. */

import { z } from "zod";
import { configShape, releaseShape } from "../client";
import { APP_FLAGS, type CommandSpec, JSON_FLAG } from "../command";
import { CliError, since } from "../output";

const latest = (count: number) => ({ range: `version ..; order=desc,max=${count}` });
const number = (release: string) => release.replace(/^v/, "");

export const releases: CommandSpec = {
  name: "releases",
  summary: "display the releases for an app",
  flags: [
    ...APP_FLAGS,
    { name: "num", char: "n", kind: "integer", description: "number of releases to show" },
    JSON_FLAG,
  ],
  app: "required",
  examples: ["heroku releases"],
  async run({ app, flags, api, print, context }) {
    const list = await api.get(z.array(releaseShape), `/apps/${app}/releases`, latest(flags.number("num") ?? 15));
    if (flags.has("json")) {
      await print.out(JSON.stringify(list, null, 2));
      return 0;
    }
    if (list.length === 0) {
      await print.out(`${print.app(app)} has no releases.`);
      return 0;
    }
    const current = list.find((release) => release.current);
    await print.header(
      `${print.app(app)} Releases${current ? ` - Current: ${print.colour("info", `v${current.version}`)}` : ""}`,
    );
    await print.table(
      ["v", "description", "user", "created_at"],
      list.map(({ version, description, user, created_at }) => [
        `v${version}`,
        description,
        print.colour("user", user.email),
        since(created_at, context.now()),
      ]),
    );
    return 0;
  },
};

export const releaseInfo: CommandSpec = {
  name: "releases:info",
  summary: "view detailed information for a release",
  args: [
    { name: "RELEASE", description: "ID of the release. If omitted, we use the last release ID.", required: false },
  ],
  flags: [
    ...APP_FLAGS,
    { name: "shell", char: "s", kind: "boolean", description: "output in shell format" },
    JSON_FLAG,
  ],
  app: "required",
  examples: ["heroku releases:info v10 --app example-app"],
  async run({ args, app, flags, api, print }) {
    const release = args.RELEASE
      ? await api.get(releaseShape, `/apps/${app}/releases/${number(args.RELEASE)}`)
      : (await api.get(z.array(releaseShape), `/apps/${app}/releases`, latest(1)))[0];
    if (!release) throw new CliError(`${app} has no releases.`, "plain");
    const vars = await api.get(configShape, `/apps/${app}/releases/${release.version}/config-vars`);
    if (flags.has("json")) {
      await print.out(JSON.stringify(release, null, 2));
      return 0;
    }
    await print.header(`Release ${print.colour("info", `v${release.version}`)}`);
    const rows: [string, string][] = [
      ["Add-ons", release.addon_plan_names.join(", ")],
      ["By", release.user.email],
      ["Change", release.description],
      ["Eligible for Rollback?", release.eligible_for_rollback ? "Yes" : "No"],
      ["When", release.created_at],
    ];
    await print.pairs(rows.filter(([, value]) => value !== ""));
    await print.out("");
    await print.header(`${print.colour("info", `v${release.version}`)} Config vars`);
    await print.pairs(Object.entries(vars));
    return 0;
  },
};

export const rollback: CommandSpec = {
  name: "releases:rollback",
  aliases: ["rollback"],
  summary: "roll back to a previous release",
  description: "If RELEASE is not specified, it will roll back one release",
  args: [
    {
      name: "RELEASE",
      description: "ID of the release. If omitted, we use the last eligible release.",
      required: false,
    },
  ],
  flags: [...APP_FLAGS],
  app: "required",
  examples: ["heroku releases:rollback v1 --app example-app"],
  async run({ args, app, api, print }) {
    const [current] = await api.get(z.array(releaseShape), `/apps/${app}/releases`, latest(1));
    let wanted = args.RELEASE && number(args.RELEASE);
    if (wanted === undefined) {
      const list = await api.get(z.array(releaseShape), `/apps/${app}/releases`, latest(1000));
      const eligible = list.find((release) => release.eligible_for_rollback && !release.current);
      if (!eligible) throw new CliError(`No eligible release found for ${app} to roll back to.`);
      wanted = String(eligible.version);
    } else if (wanted !== "") await api.get(releaseShape, `/apps/${app}/releases/${wanted}`);
    const target = `v${wanted}`;
    await print.action(`Rolling back ${print.appOnError(app)} to ${target}`, async () => {
      const value = await api.call(releaseShape, "POST", `/apps/${app}/releases`, { release: wanted });
      return { value, done: `done, v${value.version}` };
    });
    await print.warn("Rollback affects code and config vars; it doesn't add or remove addons.");
    if (current) await print.warn(`To undo, run: heroku rollback v${current.version}`);
    return 0;
  },
};

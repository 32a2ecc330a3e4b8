/** `heroku apps`. */

import { z } from "zod";
import { type CommandSpec, type Input, PROMPT_FLAG } from "../../command";
import { type App, accountShape, appShape } from "../../shapes";
import type { Printer } from "../../terminal/printer";

export const apps: CommandSpec = {
  id: "apps",
  description: "list your apps",
  flags: [
    PROMPT_FLAG,
    { name: "all", char: "A", kind: "boolean", description: "include apps in all teams" },
    { name: "internal-routing", char: "i", kind: "boolean", hidden: true },
    { name: "json", char: "j", kind: "boolean", description: "output in json format" },
    {
      name: "personal",
      char: "p",
      kind: "boolean",
      description: "list apps in personal account when a default team is set",
    },
    { name: "space", char: "s", kind: "string", description: "filter by space" },
    { name: "team", char: "t", kind: "string", description: "team to use" },
  ],
  examples: [" $ heroku apps "],
  async run(input) {
    const { flags, api, print } = input;
    const [list, { email }] = await Promise.all([
      api.get(z.array(appShape), pathOf(input)),
      api.get(accountShape, "/account"),
    ]);
    const sorted = list
      .filter((app) => !flags.has("internal-routing") || app.internal_routing)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    if (flags.has("json")) {
      await print.json(sorted);
      return 0;
    }
    const team = flags.text("team");
    if (sorted.length === 0) {
      await print.out(team ? `There are no apps in team ${print.paint("team", team)}.` : "You have no apps.");
      return 0;
    }
    if (team) {
      await print.header(`Apps in team ${print.paint("team", team)}`);
      for (const app of sorted) await print.out(nameOf(app, print));
      return 0;
    }
    const own = sorted.filter(({ owner }) => owner.email === email);
    if (own.length > 0) {
      await print.header(`${print.paint("user", email)} Apps`);
      for (const app of own) await print.out(nameOf(app, print));
    }
    const others = sorted.filter(({ owner }) => owner.email !== email);
    if (others.length > 0) {
      await print.out("");
      await print.out(`${print.style.attribute("bold", "Collaborated Apps")}\n`);
      await print.table<App>(
        [
          { title: "Name", cell: (app) => nameOf(app, print) },
          { title: "Email", cell: ({ owner }) => print.paint("user", owner.email) },
        ],
        others,
      );
    }
    return 0;
  },
};

function pathOf({ flags }: Input): string {
  const team = flags.has("personal") ? undefined : flags.text("team");
  if (team !== undefined) return `/teams/${team}/apps`;
  return flags.has("all") ? "/apps" : "/users/~/apps";
}

function nameOf({ name, locked, region }: App, print: Printer): string {
  const suffix = region.name === "us" ? "" : ` (${print.paint("info", region.name)})`;
  return `${print.app(name)}${locked ? " [locked]" : ""}${suffix}`;
}

/** `heroku ps`. */

import { z } from "zod";
import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { accountShape, appShape, type Dyno, dynoShape } from "../../shapes";
import { since } from "../../since";
import { printEcoQuota } from "./eco-quota";

/** The type of one-off dynos. */
const ONE_OFF = "run";

export const ps: CommandSpec = {
  id: "ps",
  description: "list dynos for an app",
  usage: "ps [TYPE [TYPE ...]]",
  variadic: true,
  flags: [
    PROMPT_FLAG,
    REQUIRED_APP,
    { name: "json", kind: "boolean", description: "display as json" },
    { name: "no-wrap", kind: "boolean", description: "disable wrapped table cells for easier copy/paste" },
    REMOTE_FLAG,
  ],
  examples: [
    " $ heroku ps \n=== run: one-off dyno\nrun.1: up for 5m: bash\n=== web: bundle exec thin start -p $PORT\nweb.1: created for 30s",
    " $ heroku ps run  # specifying types\n=== run: one-off dyno\nrun.1: up for 5m: bash",
  ],
  async run(input) {
    const { words, app: name, flags, api, print } = input;
    const [all, app, account] = await Promise.all([
      api.get(z.array(dynoShape), `/apps/${name}/dynos`),
      api.get(appShape, `/apps/${name}`),
      api.get(accountShape, "/account"),
    ]);
    for (const type of words) {
      if (!all.some((dyno) => dyno.type === type)) {
        throw new CliError(`No ${print.paint("info", type)} dynos on ${print.app(name)}`, "plain");
      }
    }
    const dynos = all
      .filter(({ type }) => words.length === 0 || words.includes(type))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    if (flags.has("json")) {
      await print.json(dynos);
      return 0;
    }
    await printEcoQuota(input, app, account);
    if (dynos.length === 0) await print.out(`No dynos on ${print.app(name)}`);
    else await printDynos(input, dynos);
    return 0;
  },
};

/** One-off dynos first, then those of each command. */
async function printDynos({ print, context }: Input, dynos: readonly Dyno[]): Promise<void> {
  const stateOf = (dyno: Dyno) => {
    const state = print.paint(dyno.state === "up" ? "success" : "warning", dyno.state);
    return `${state} ${print.paint("inactive", since(dyno.updated_at, context.now()))}`;
  };
  const oneOffs = dynos.filter(({ type }) => type === ONE_OFF).sort(byNumber);
  if (oneOffs.length > 0) {
    await print.header(`${print.paint("label", ONE_OFF)}: one-off processes (${oneOffs.length})`);
    for (const dyno of oneOffs) {
      await print.out(`${dyno.name} (${print.paint("info", dyno.size)}): ${stateOf(dyno)}: ${dyno.command}`);
    }
    await print.out("");
  }
  const lasting = dynos.filter(({ type }) => type !== ONE_OFF);
  for (const command of new Set(lasting.map((dyno) => dyno.command))) {
    const group = lasting.filter((dyno) => dyno.command === command).sort(byNumber);
    const [first] = group;
    if (!first) continue;
    const title = `${print.paint("label", first.type)} (${print.paint("info", first.size)})`;
    await print.header(`${title}: ${command} (${group.length})`);
    for (const dyno of group) await print.out(`${dyno.name}: ${stateOf(dyno)}`);
    await print.out("");
  }
}

function byNumber(one: Dyno, other: Dyno): number {
  return numberOf(one) - numberOf(other);
}

/** 2 for `web.2`; 0 for a name without a number. */
function numberOf({ name }: Dyno): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);
}

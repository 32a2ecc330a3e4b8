/** `heroku ps` and its commands. */

import { z } from "zod";
import { anything, dynoShape, formationShape } from "../client";
import { APP_FLAGS, type CommandSpec, type Input, JSON_FLAG } from "../command";
import { CliError, since } from "../output";

const CHANGE = /^([\w-]+)([=+-]\d+)(?::([\w-]+))?$/;
const sizeName = (size: string) => size.replace(/(^|-)([a-z0-9])/g, (part) => part.toUpperCase());

export const ps: CommandSpec = {
  name: "ps",
  aliases: ["dyno", "ps:list"],
  summary: "list dynos for an app",
  usage: "[TYPE [TYPE ...]] [-a <value>] [-r <value>] [--json]",
  variadic: true,
  flags: [...APP_FLAGS, JSON_FLAG],
  app: "required",
  examples: ["heroku ps", "heroku ps run"],
  async run({ words, app, flags, api, print, context }) {
    const all = await api.get(z.array(dynoShape), `/apps/${app}/dynos`);
    const shown = words.length > 0 ? all.filter(({ type }) => words.includes(type)) : all;
    for (const type of words) {
      if (!all.some((dyno) => dyno.type === type))
        throw new CliError(`No ${type} dynos on ${print.appOnError(app)}`, "plain");
    }
    if (flags.has("json")) {
      await print.out(JSON.stringify(shown, null, 2));
      return 0;
    }
    if (shown.length === 0) {
      await print.out(`No dynos on ${print.app(app)}`);
      return 0;
    }
    for (const type of new Set(shown.map((dyno) => dyno.type))) {
      const dynos = shown.filter((dyno) => dyno.type === type);
      const [first] = dynos;
      if (!first) continue;
      await print.header(
        `${print.colour("success", type)} (${sizeName(first.size)}): ${first.command} (${dynos.length})`,
      );
      for (const dyno of dynos) {
        const colour = dyno.state === "up" ? "success" : dyno.state === "crashed" ? "failure" : "warning";
        await print.out(`${dyno.name}: ${print.colour(colour, dyno.state)} ${since(dyno.updated_at, context.now())}`);
      }
      await print.out("");
    }
    return 0;
  },
};

export const scale: CommandSpec = {
  name: "ps:scale",
  aliases: ["scale", "dyno:scale"],
  summary: "scale dyno quantity up or down",
  description:
    "Appending a size (eg. web=2:Standard-2X) allows simultaneous scaling and resizing.\n\n  Omitting any arguments will display the app's current dyno formation, in a\n  format suitable for passing back into ps:scale.",
  usage: "[-a <value>] [-r <value>] [TYPE=AMOUNT[:SIZE] ...]",
  variadic: true,
  flags: [...APP_FLAGS],
  app: "required",
  examples: ["heroku ps:scale web=3:Standard-2X worker+1", "heroku ps:scale"],
  async run({ words, app, api, print }) {
    const changes = words.flatMap((word) => {
      const match = CHANGE.exec(word);
      return match ? [{ type: match[1] ?? "", amount: match[2] ?? "", size: match[3] }] : [];
    });
    const formation = await api.get(z.array(formationShape), `/apps/${app}/formation`);
    if (changes.length === 0) {
      if (formation.length === 0) {
        throw new CliError(
          `No process types on ${print.appOnError(app)}.\nUpload a Procfile to add process types.\nhttps://devcenter.heroku.com/articles/procfile`,
          "plain",
        );
      }
      await print.out(formation.map(({ type, quantity, size }) => `${type}=${quantity}:${sizeName(size)}`).join(" "));
      return 0;
    }
    const updates = changes.map(({ type, amount, size }) => {
      const now = formation.find((each) => each.type === type)?.quantity ?? 0;
      const quantity = amount.startsWith("=") ? Number(amount.slice(1)) : Math.max(0, now + Number(amount));
      return { type, quantity, ...(size !== undefined && { size }) };
    });
    await print.action("Scaling dynos", async () => {
      const value = await api.call(z.array(formationShape), "PATCH", `/apps/${app}/formation`, { updates });
      const running = value
        .filter(({ type }) => updates.some((update) => update.type === type))
        .map(({ type, quantity, size }) => `${type} at ${quantity}:${sizeName(size)}`);
      return { value, done: `done, now running ${running.join(", ")}` };
    });
    return 0;
  },
};

/** What `ps:restart` and `ps:stop` act on. */
async function target({ args, flags, print }: Input): Promise<{ dyno?: string; type?: string }> {
  const dyno = flags.text("dyno-name");
  const type = flags.text("process-type");
  if (dyno !== undefined && type !== undefined) {
    throw new CliError(
      `The following error occurred:\n  --dyno-name=${dyno} cannot also be provided when using --process-type\nSee more help with --help`,
    );
  }
  const word = args.DYNO;
  if (word === undefined) return { ...(dyno !== undefined && { dyno }), ...(type !== undefined && { type }) };
  await print.warn("DYNO is a deprecated argument. Use --dyno-name or --process-type instead.");
  return word.includes(".") ? { dyno: word } : { type: word };
}

const TARGET_FLAGS = [
  { name: "dyno-name", char: "d", aliases: ["dyno"], kind: "string", description: "name of the dyno" },
  { name: "process-type", char: "p", kind: "string", description: "name of the process type" },
] as const;

export const restart: CommandSpec = {
  name: "ps:restart",
  aliases: ["restart", "dyno:restart"],
  summary: "restart an app dyno or process type",
  description: "If neither --dyno nor --type are specified, restarts all dynos on app.",
  args: [{ name: "DYNO", description: "name of the dyno to restart", required: false }],
  flags: [...APP_FLAGS, ...TARGET_FLAGS],
  app: "required",
  examples: ["heroku ps:restart --app myapp --dyno-name web.1", "heroku ps:restart --app myapp --process-type web"],
  async run(input) {
    const { app, api, print } = input;
    const { dyno, type } = await target(input);
    const what = dyno !== undefined ? `dyno ${dyno}` : type !== undefined ? `all ${type} dynos` : "all dynos";
    const path = dyno !== undefined ? `/dynos/${dyno}` : type !== undefined ? `/formations/${type}` : "/dynos";
    await print.action(`Restarting ${what} on ${print.appOnError(app)}`, async () => ({
      value: await api.call(anything, "DELETE", `/apps/${app}${path}`),
    }));
    return 0;
  },
};

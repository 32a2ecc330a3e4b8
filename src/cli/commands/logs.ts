/** `heroku logs`. */

import { z } from "zod";
import { APP_FLAGS, type CommandSpec } from "../command";

const session = z.object({ logplex_url: z.string() });

/** Colours that the sources take in the order in which they appear. */
const CYCLE = ["33", "32", "36", "35", "34", "93", "92", "96", "95", "94"];

export const logs: CommandSpec = {
  name: "logs",
  summary: "display recent log output",
  description: "disable colors with --no-color, HEROKU_LOGS_COLOR=0, or HEROKU_COLOR=0",
  flags: [
    ...APP_FLAGS,
    {
      name: "num",
      char: "n",
      kind: "integer",
      description: "number of lines to display (ignored for Fir generation apps)",
    },
    {
      name: "tail",
      char: "t",
      kind: "boolean",
      description: "continually stream logs (defaults to true for Fir generation apps)",
    },
    {
      name: "source",
      char: "s",
      kind: "string",
      description: 'only show output from the source (such as "app" or "heroku")',
    },
    {
      name: "dyno-name",
      char: "d",
      aliases: ["dyno"],
      kind: "string",
      description: 'only show output from this dyno (such as "web.1")',
    },
    {
      name: "process-type",
      char: "p",
      aliases: ["ps"],
      kind: "string",
      description: 'only show output from this process type (such as "web" or "worker")',
    },
    { name: "no-color", kind: "boolean", description: "disable colors in output" },
  ],
  app: "required",
  examples: ["heroku logs --app=my-app", "heroku logs --num=50 --app=my-app", "heroku logs --tail --app=my-app"],
  async run({ app, flags, api, context }) {
    const { logplex_url } = await api.call(session, "POST", `/apps/${app}/log-sessions`, {
      lines: flags.number("num") ?? 100,
      tail: flags.has("tail"),
      source: flags.text("source"),
      dyno: flags.text("dyno-name"),
      type: flags.text("process-type"),
    });
    const { pathname, search } = new URL(logplex_url);
    const { stdout } = context.terminal;
    const coloured = stdout.isTerminal && context.env.NO_COLOR === undefined && !flags.has("no-color");
    const sources = new Map<string, string>();
    for await (const line of await api.stream(pathname + search)) {
      await stdout.write(`${coloured ? colourLine(line, sources) : line}\n`);
    }
    return 0;
  },
};

function colourLine(line: string, sources: Map<string, string>): string {
  const match = /^(\S+ )([\w-]+\[[^\]]+\]:)([\s\S]*)$/.exec(line);
  if (!match) return line;
  const [, time = "", source = "", text = ""] = match;
  const colour = sources.get(source) ?? CYCLE[sources.size % CYCLE.length] ?? "0";
  sources.set(source, colour);
  const paint = (code: string, part: string) => `\u001b[${code}m${part}\u001b[0m`;
  const message = source.startsWith("heroku[router]")
    ? text
        .replace(/method=(\w+)/, (_, method: string) => `method=${paint("35", method)}`)
        .replace(/path="([^"]*)"/, (_, path: string) => `path=${paint("32", `"${path}"`)}`)
        .replace(
          /status=(\d)(\d\d)/,
          (_, first: string, rest: string) =>
            `status=${paint({ 2: "32", 3: "36", 4: "33", 5: "31" }[first] ?? "0", first + rest)}`,
        )
    : text;
  return `${paint(colour, time + source)}${message}`;
}

/** `heroku logs`. */

import { z } from "zod";
import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../command";
import { CliError } from "../failure";
import { LogColours } from "../log-colours";
import { appShape } from "../shapes";
import { Style } from "../terminal/style";

const DEFAULT_LINES = 100;
const sessionShape = z.looseObject({ logplex_url: z.string() });

export const logs: CommandSpec = {
  id: "logs",
  description: "display recent log output\ndisable colors with --no-color, HEROKU_LOGS_COLOR=0, or HEROKU_COLOR=0\n",
  flags: [
    PROMPT_FLAG,
    REQUIRED_APP,
    {
      name: "dyno-name",
      char: "d",
      aliases: ["dyno"],
      kind: "string",
      description: 'only show output from this dyno (such as "web-123-456" or "worker.2")',
    },
    { name: "force-colors", kind: "boolean" },
    { name: "no-color", kind: "boolean", hidden: true, excludes: ["force-colors"] },
    {
      name: "num",
      char: "n",
      kind: "integer",
      description: "number of lines to display (ignored for Fir generation apps)",
    },
    {
      name: "process-type",
      char: "p",
      kind: "string",
      description: 'only show output from this process type (such as "web" or "worker")',
      excludes: ["dyno-name", "ps"],
    },
    { name: "ps", kind: "string", hidden: true, excludes: ["dyno-name"] },
    REMOTE_FLAG,
    {
      name: "source",
      char: "s",
      kind: "string",
      description: 'only show output from this source (such as "app" or "heroku")',
    },
    {
      name: "tail",
      char: "t",
      kind: "boolean",
      description: "continually stream logs (always enabled for Fir-generation apps)",
    },
  ],
  examples: [
    " $ heroku logs --app=my-app ",
    " $ heroku logs --num=50 --app=my-app ",
    " $ heroku logs --dyno-name=web-123-456 --app=my-app ",
    " $ heroku logs --process-type=web --app=my-app ",
    " $ heroku logs --app=my-app --tail ",
  ],
  async run(input) {
    const { app, flags, api, print } = input;
    if (flags.has("force-colors")) {
      await print.warn('The "force-colors" flag has been deprecated.');
      await print.warn("The --force-colors flag is deprecated. Use FORCE_COLORS=true to force colors.");
    }
    await api.get(appShape, `/apps/${app}`);
    const tail = flags.has("tail");
    const type = flags.text("process-type") || flags.text("ps");
    const { logplex_url } = await api.call(sessionShape, "POST", `/apps/${app}/log-sessions`, {
      body: {
        source: flags.text("source"),
        dyno: flags.text("dyno-name") || type,
        lines: flags.number("num") || DEFAULT_LINES,
        tail,
      },
    });
    const show = lineStyle(input);
    for await (const line of await openStream(input, logplex_url, tail)) await print.out(show(line.trim()));
    return 0;
  },
};

async function openStream({ api }: Input, address: string, tail: boolean): Promise<AsyncIterable<string>> {
  const { pathname, search } = new URL(address);
  const response = await api.open(pathname + search);
  if (response.kind === "stream" && response.status < 400) return response.lines;
  const gone = tail && (response.status === 404 || response.status === 403);
  throw new CliError(
    gone ? "Log stream timed out. Please try again." : `Logs eventsource failed with: ${response.status}`,
    "framed",
    1,
  );
}

function lineStyle({ flags, print, context }: Input): (line: string) => string {
  const { env } = context;
  if (env.HEROKU_LOGS_COLOR === "0" || env.HEROKU_COLOR === "0") return (line) => line;
  const style = flags.has("no-color") ? new Style(false, env) : print.style;
  const colours = new LogColours(style);
  return (line) => colours.line(line);
}

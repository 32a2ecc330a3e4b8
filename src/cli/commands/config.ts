/** `heroku config` and its commands. */

import { z } from "zod";
import { configShape, releaseShape } from "../client";
import { APP_FLAGS, type CommandSpec, type Input, JSON_FLAG } from "../command";
import { CliError } from "../output";

const SHELL_FLAG = {
  name: "shell",
  char: "s",
  kind: "boolean",
  description: "output config vars in shell format",
} as const;

/** Quotes only what a shell would not take as it is. */
function shellQuote(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** `, v6`: the release that a change made. */
async function madeRelease({ api, app }: Input): Promise<string> {
  const [release] = await api.get(z.array(releaseShape), `/apps/${app}/releases`, {
    range: "version ..; order=desc,max=1",
  });
  return release ? `done, v${release.version}` : "done";
}

export const config: CommandSpec = {
  name: "config",
  summary: "display the config vars for an app",
  flags: [...APP_FLAGS, SHELL_FLAG, { ...JSON_FLAG, char: "j" }],
  app: "required",
  async run({ app, flags, api, print }) {
    const vars = await api.get(configShape, `/apps/${app}/config-vars`);
    if (flags.has("json")) await print.out(JSON.stringify(vars, null, 2));
    else if (flags.has("shell"))
      for (const [key, value] of Object.entries(vars)) await print.out(`${key}=${shellQuote(value)}`);
    else {
      await print.header(`${print.app(app)} Config Vars`);
      await print.pairs(Object.entries(vars));
    }
    return 0;
  },
};

export const configGet: CommandSpec = {
  name: "config:get",
  summary: "display a single config value for an app",
  args: [{ name: "KEY", description: "key name of the config var value", required: true }],
  variadic: true,
  flags: [...APP_FLAGS, SHELL_FLAG],
  app: "required",
  examples: ["heroku config:get RAILS_ENV"],
  async run({ words, app, flags, api, print }) {
    const vars = await api.get(configShape, `/apps/${app}/config-vars`);
    for (const key of words) {
      const value = Object.hasOwn(vars, key) ? (vars[key] ?? "") : "";
      await print.out(flags.has("shell") ? `${key}=${shellQuote(value)}` : value);
    }
    return 0;
  },
};

export const configSet: CommandSpec = {
  name: "config:set",
  aliases: ["config:add"],
  summary: "set one or more config vars",
  usage: "[-a <value>] [-r <value>] KEY1=VALUE1 [KEY2=VALUE2 ...]",
  variadic: true,
  flags: [...APP_FLAGS],
  app: "required",
  examples: ["heroku config:set RAILS_ENV=staging", "heroku config:set RAILS_ENV=staging RACK_ENV=staging"],
  async run(input) {
    const { words, app, api, print } = input;
    if (words.length === 0) {
      throw new CliError(
        "Usage: heroku config:set KEY1=VALUE1 [KEY2=VALUE2 ...]\nMust specify KEY and VALUE to set.",
        "framed",
        1,
      );
    }
    const changes: Record<string, string> = {};
    for (const word of words) {
      const cut = word.indexOf("=");
      if (cut < 0) throw new CliError(`${word} is invalid. Must be in the format FOO=bar.`, "framed", 1);
      changes[word.slice(0, cut)] = word.slice(cut + 1);
    }
    const keys = Object.keys(changes);
    await print.action(`Setting ${keys.join(", ")} and restarting ${print.appOnError(app)}`, async () => ({
      value: await api.call(configShape, "PATCH", `/apps/${app}/config-vars`, changes),
      done: await madeRelease(input),
    }));
    await print.pairs(Object.entries(changes));
    return 0;
  },
};

export const configUnset: CommandSpec = {
  name: "config:unset",
  aliases: ["config:remove"],
  summary: "unset one or more config vars",
  usage: "[-a <value>] [-r <value>] KEY1 [KEY2 ...]",
  variadic: true,
  flags: [...APP_FLAGS],
  app: "required",
  examples: ["heroku config:unset RAILS_ENV", "heroku config:unset RAILS_ENV RACK_ENV"],
  async run(input) {
    const { words, app, api, print } = input;
    if (words.length === 0)
      throw new CliError("Usage: heroku config:unset KEY1 [KEY2 ...]\nMust specify KEY to unset.");
    await print.action(`Unsetting ${words.join(", ")} and restarting ${print.appOnError(app)}`, async () => ({
      value: await api.call(
        configShape,
        "PATCH",
        `/apps/${app}/config-vars`,
        Object.fromEntries(words.map((key) => [key, null])),
      ),
      done: await madeRelease(input),
    }));
    return 0;
  },
};

/** `heroku config:get`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { configShape } from "../../shapes";
import { shellQuote } from "../../shell-quote";

export const configGet: CommandSpec = {
  id: "config:get",
  description: "display a single config value for an app",
  usage: "config:get KEY...",
  args: [{ name: "KEY", description: "key name of the config var value", required: true }],
  variadic: true,
  flags: [
    PROMPT_FLAG,
    REQUIRED_APP,
    { name: "json", char: "j", kind: "boolean", description: "output in json format" },
    REMOTE_FLAG,
    { name: "shell", char: "s", kind: "boolean", description: "output config vars in shell format" },
  ],
  examples: [" $ heroku config:get RAILS_ENV\nproduction "],
  async run({ words, app, flags, api, print }) {
    const vars = new Map(Object.entries(await api.get(configShape, `/apps/${app}/config-vars`)));
    if (flags.has("json")) {
      const results = words.map((key) => ({ key, value: vars.get(key) ?? null }));
      await print.json(results.length === 1 ? results[0] : results);
      return 0;
    }
    for (const key of words) {
      const value = vars.get(key) ?? "";
      await print.out(flags.has("shell") ? `${key}=${shellQuote(value)}` : value);
    }
    return 0;
  },
};

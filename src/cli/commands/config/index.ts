/** `heroku config`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { configShape } from "../../shapes";
import { shellQuote } from "../../shell-quote";

export const config: CommandSpec = {
  id: "config",
  description: "display the config vars for an app",
  flags: [
    PROMPT_FLAG,
    REQUIRED_APP,
    { name: "json", char: "j", kind: "boolean", description: "output config vars in json format" },
    REMOTE_FLAG,
    { name: "shell", char: "s", kind: "boolean", description: "output config vars in shell format" },
  ],
  async run({ app, flags, api, print }) {
    const vars = await api.get(configShape, `/apps/${app}/config-vars`);
    if (flags.has("shell")) {
      for (const [key, value] of Object.entries(vars)) await print.out(`${key}=${shellQuote(value)}`);
    } else if (flags.has("json")) await print.json(vars);
    else {
      await print.header(`${print.app(app)} Config Vars`);
      await print.configVars(vars, (key) => print.paint("name", key));
    }
    return 0;
  },
};

/** `heroku config:unset`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { latestReleases } from "../../releases";
import { anything } from "../../shapes";

export const configUnset: CommandSpec = {
  id: "config:unset",
  description: "unset one or more config vars",
  variadic: true,
  flags: [PROMPT_FLAG, REQUIRED_APP, REMOTE_FLAG],
  examples: [
    "     $ heroku config:unset RAILS_ENV \nUnsetting RAILS_ENV and restarting example... done, v10",
    "     $ heroku config:unset RAILS_ENV RACK_ENV \nUnsetting RAILS_ENV, RACK_ENV and restarting example... done, v10",
  ],
  async run({ words, app, api, print }) {
    if (words.length === 0) {
      throw new CliError("Usage: heroku config:unset KEY1 [KEY2 ...]\nMust specify KEY to unset.");
    }
    const keys = words.map((word) => print.paint("name", word));
    await print.action(`Unsetting ${keys.join(", ")} and restarting ${print.app(app)}`, async () => {
      const body = Object.fromEntries(words.map((word) => [word, null]));
      await api.call(anything, "PATCH", `/apps/${app}/config-vars`, { body });
      const [release] = await latestReleases(api, app, 1);
      return [undefined, release ? `done, ${print.paint("name", `v${release.version}`)}` : "done"];
    });
    return 0;
  },
};

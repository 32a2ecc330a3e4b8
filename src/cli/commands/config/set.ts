/** `heroku config:set`. */

import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { latestReleases } from "../../releases";
import { configShape } from "../../shapes";

export const configSet: CommandSpec = {
  id: "config:set",
  description: "set one or more config vars",
  variadic: true,
  flags: [PROMPT_FLAG, REQUIRED_APP, REMOTE_FLAG],
  examples: [
    " $ heroku config:set RAILS_ENV=staging \nSetting config vars and restarting example... done, v10\nRAILS_ENV: staging)",
    " $ heroku config:set RAILS_ENV=staging RACK_ENV=staging \nSetting config vars and restarting example... done, v11\nRAILS_ENV: staging\nRACK_ENV:  staging",
  ],
  async run(input) {
    const { words, app, api, print } = input;
    const wanted = readAssignments(input);
    const keys = words.map((word) => print.paint("name", word.split("=")[0] ?? ""));
    const vars = await print.action(`Setting ${keys.join(", ")} and restarting ${print.app(app)}`, async () => {
      const body = Object.fromEntries(wanted);
      const after = await api.call(configShape, "PATCH", `/apps/${app}/config-vars`, { body });
      const [release] = await latestReleases(api, app, 1);
      return [after, release ? `done, ${print.paint("name", `v${release.version}`)}` : "done"];
    });
    await print.pairs(
      Object.entries(vars)
        // A variable that was set to nothing is not shown.
        .filter(([key]) => wanted.get(key))
        .map(([key, value]) => [print.paint("name", key), value]),
    );
    return 0;
  },
};

function readAssignments({ words, print }: Input): ReadonlyMap<string, string> {
  if (words.length === 0) {
    throw new CliError(
      "Usage: heroku config:set KEY1=VALUE1 [KEY2=VALUE2 ...]\nMust specify KEY and VALUE to set.",
      "framed",
      1,
    );
  }
  return new Map(
    words.map((word): [string, string] => {
      const equals = word.indexOf("=");
      if (equals < 0) {
        const [shown, form] = [print.paint("name", word), print.paint("code", "FOO=bar")];
        throw new CliError(`${shown} is invalid. Must be in the format ${form}.`, "framed", 1);
      }
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
}

/** `heroku ps:stop`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { anything } from "../../shapes";
import { describeTarget, pathOfTarget, readTarget, targetArgs, targetFlags } from "./target";

export const stop: CommandSpec = {
  id: "ps:stop",
  description: "stop an app dyno or process type",
  args: targetArgs("stop"),
  flags: [PROMPT_FLAG, REQUIRED_APP, ...targetFlags("stop"), REMOTE_FLAG],
  examples: [
    " $ heroku ps:stop --app myapp --dyno-name run.1828 ",
    " $ heroku ps:stop --app myapp --process-type run ",
  ],
  async run(input) {
    const { app, api, print } = input;
    const target = await readTarget(input);
    if (target.kind === "all") {
      throw new CliError("Please specify a process type or dyno name to stop.\nSee more help with --help\n");
    }
    await print.action(`Stopping ${describeTarget(input, target)} on ${print.app(app)}`, async () => [
      await api.call(anything, "POST", `/apps/${app}${pathOfTarget(target)}/actions/stop`),
    ]);
    return 0;
  },
};

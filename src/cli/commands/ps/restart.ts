/** `heroku ps:restart`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { anything } from "../../shapes";
import { describeTarget, pathOfTarget, readTarget, targetArgs, targetFlags } from "./target";

export const restart: CommandSpec = {
  id: "ps:restart",
  description:
    "restart an app dyno or process type\nif neither --dyno nor --type are specified, restarts all dynos on app\n",
  args: targetArgs("restart"),
  flags: [PROMPT_FLAG, REQUIRED_APP, ...targetFlags("restart"), REMOTE_FLAG],
  examples: [
    " $ heroku ps:restart --app myapp --dyno-name web.1 ",
    " $ heroku ps:restart --app myapp --process-type web ",
    " $ heroku ps:restart --app myapp ",
  ],
  async run(input) {
    const { app, api, print } = input;
    const target = await readTarget(input);
    await print.action(`Restarting ${describeTarget(input, target)} on ${print.app(app)}`, async () => [
      await api.call(anything, "DELETE", `/apps/${app}${pathOfTarget(target)}`),
    ]);
    return 0;
  },
};

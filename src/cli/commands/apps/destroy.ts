/** `heroku apps:destroy`. */

import { gitUrl, sshGitUrl } from "../../app";
import { type CommandSpec, OPTIONAL_APP, PROMPT_FLAG, REMOTE_FLAG } from "../../command";
import { confirm } from "../../confirm";
import { CliError } from "../../failure";
import { anything, appShape } from "../../shapes";

export const destroy: CommandSpec = {
  id: "apps:destroy",
  description: "permanently destroy an app",
  args: [{ name: "app", hidden: true }],
  flags: [PROMPT_FLAG, OPTIONAL_APP, { name: "confirm", char: "c", kind: "string" }, REMOTE_FLAG],
  async run(input) {
    const { args, flags, api, print, context } = input;
    const app = args.app ?? input.app;
    if (!app) throw new CliError("No app specified.\nUSAGE: heroku apps:destroy APPNAME", "plain");
    await api.get(appShape, `/apps/${app}`);
    const shown = print.app(app);
    await confirm(input, app, flags.text("confirm"), `This will delete ${shown} including all add-ons.`);
    await print.action(`Destroying ${shown} (including all add-ons)`, async () => {
      await api.call(anything, "DELETE", `/apps/${app}`);
      const addresses = [gitUrl(app), sshGitUrl(app)];
      const remotes = (await context.git.remotes()) ?? [];
      for (const { name, url } of remotes) if (addresses.includes(url)) await context.git.removeRemote(name);
      return [undefined];
    });
    return 0;
  },
};

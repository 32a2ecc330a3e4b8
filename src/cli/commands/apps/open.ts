/** `heroku open`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { appShape } from "../../shapes";

export const open: CommandSpec = {
  id: "apps:open",
  description: "open the app in a web browser",
  args: [{ name: "path", description: "base URL path of app" }],
  flags: [PROMPT_FLAG, REQUIRED_APP, REMOTE_FLAG],
  examples: [" $ heroku open -a myapp ", " $ heroku open -a myapp /foo "],
  async run({ args, app, api, print, context }) {
    const { web_url } = await api.get(appShape, `/apps/${app}`);
    const { href } = new URL(args.path ?? "", web_url);
    await print.out(`Opening ${print.paint("info", href)}...`);
    await context.browser.open(href);
    return 0;
  },
};

/** `heroku git:remote`. */

import { gitUrl } from "../../app";
import { type CommandSpec, PROMPT_FLAG } from "../../command";
import { CliError } from "../../failure";
import { appShape } from "../../shapes";

export const gitRemote: CommandSpec = {
  id: "git:remote",
  description: "adds a git remote to an app repo\nextra arguments will be passed to git remote add\n",
  variadic: true,
  flags: [
    PROMPT_FLAG,
    { name: "app", char: "a", kind: "string", description: "the Heroku app to use" },
    { name: "remote", char: "r", kind: "string", description: "the git remote to create" },
  ],
  examples: [
    "# set git remote heroku to https://git.heroku.com/example.git\n $ heroku git:remote -a example \n# set git remote heroku-staging to https://git.heroku.com/example.git\n $ heroku git:remote --remote heroku-staging -a example-staging ",
  ],
  async run({ words, flags, api, print, context }) {
    const named = flags.text("app") ?? words[0] ?? context.env.HEROKU_APP;
    if (!named) throw new CliError("Specify an app with --app");
    const { name } = await api.get(appShape, `/apps/${named}`);
    if (!(await context.git.remotes())) {
      throw new CliError(
        "Command failed: git remote\nfatal: not a git repository (or any of the parent directories): .git\n\nCode: 128",
        "plain",
      );
    }
    const remote = flags.text("remote") ?? "heroku";
    const url = gitUrl(name);
    await context.git.setRemote(remote, url);
    await print.out(`set git remote ${print.paint("cyan", remote)} to ${print.paint("cyan", url)}`);
    return 0;
  },
};

/** `heroku apps:rename`. */

import { gitUrl, sshGitUrl } from "../../app";
import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { appShape } from "../../shapes";

export const rename: CommandSpec = {
  id: "apps:rename",
  description: "rename an app",
  args: [{ name: "newname", description: "new unique name of the app", required: true }],
  flags: [PROMPT_FLAG, REQUIRED_APP, REMOTE_FLAG],
  examples: [" $ heroku apps:rename --app oldname newname "],
  async run(input) {
    const { args, app: old, api, print } = input;
    const name = args.newname ?? "";
    const app = await print.action(`Renaming ${print.app(old)} to ${print.paint("info", name)}`, async () => [
      await api.call(appShape, "PATCH", `/apps/${old}`, { body: { name } }),
    ]);
    await print.out(`${print.paint("info", app.web_url)} | ${print.paint("info", gitUrl(app.name))}`);
    await updateRemotes(input, old, name);
    await print.warn("Don't forget to update git remotes for all other local checkouts of the app.");
    return 0;
  },
};

/** The checkout's remotes follow the app, those over HTTPS first. */
async function updateRemotes({ print, context }: Input, old: string, name: string): Promise<void> {
  const remotes = (await context.git.remotes()) ?? [];
  for (const addressOf of [gitUrl, sshGitUrl]) {
    for (const remote of remotes.filter(({ url }) => url === addressOf(old))) {
      await context.git.setRemote(remote.name, addressOf(name));
      // The real one goes through Git's list, where a remote stands twice: to fetch and to push.
      for (const _direction of ["fetch", "push"]) {
        await print.out(`Git remote ${print.paint("name", remote.name)} updated`);
      }
    }
  }
}

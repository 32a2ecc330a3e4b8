/** Which app a command is about: flag, environment, remote, the repository's only Heroku remote. */

import type { Flags } from "./command";
import { CliError } from "./output";
import type { CliContext } from "./ports";

const REMOTE = /^(?:https:\/\/git\.heroku\.com\/|git@heroku\.com:)([^/]+?)(?:\.git)?$/;

interface HerokuRemote {
  readonly remote: string;
  readonly app: string;
}

export async function herokuRemotes({ git }: CliContext): Promise<readonly HerokuRemote[]> {
  const remotes = (await git.remotes()) ?? [];
  return remotes.flatMap(({ name, url }) => {
    const app = REMOTE.exec(url)?.[1];
    return app === undefined ? [] : [{ remote: name, app }];
  });
}

/** Undefined when nothing names an app. Throws CliError for several remotes or an unknown one. */
export async function resolveApp(flags: Flags, context: CliContext): Promise<string | undefined> {
  const named = flags.text("app") ?? context.env.HEROKU_APP;
  if (named !== undefined) return named;
  const remotes = await herokuRemotes(context);
  const wanted = flags.text("remote");
  if (wanted !== undefined) {
    const found = remotes.find(({ remote }) => remote === wanted);
    if (!found) throw new CliError(`remote ${wanted} not found in git remotes`);
    return found.app;
  }
  const [first, ...others] = remotes;
  if (!first || others.every(({ app }) => app === first.app)) return first?.app;
  const example = others[0] ?? first;
  throw new CliError(
    [
      "Multiple apps in git remotes",
      `  Usage: --remote ${example.remote}`,
      `     or: --app ${example.app}`,
      "  Your local git repository has more than 1 app referenced in git remotes.",
      "  Because of this, we can't determine which app you want to run this command against.",
      "  Specify the app you want with --app or --remote.",
      "  Heroku remotes in repo:",
      ...remotes.map(({ remote, app }, index) => `${index === 0 ? "  " : ""}${app} (${remote})`),
      "",
      "  https://devcenter.heroku.com/articles/multiple-environments",
    ].join("\n"),
  );
}

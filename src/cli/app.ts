/** Which app a command is about: flag, environment, remote, the repository's only Heroku remote. */

import type { FlagSpec, Flags } from "./command";
import { CliError } from "./failure";
import type { CliContext } from "./ports";

export const GIT_URL_PREFIX = "https://git.heroku.com/";
const SSH_URL_PREFIXES = ["git@heroku.com:", "ssh://git@heroku.com/"];

export const gitUrl = (app: string) => `${GIT_URL_PREFIX}${app}.git`;
export const sshGitUrl = (app: string) => `git@heroku.com:${app}.git`;

interface HerokuRemote {
  readonly remote: string;
  readonly app: string;
}

async function herokuRemotes({ git }: CliContext): Promise<readonly HerokuRemote[]> {
  const remotes = (await git.remotes()) ?? [];
  return remotes.flatMap(({ name, url }) => {
    const prefix = [GIT_URL_PREFIX, ...SSH_URL_PREFIXES].find((each) => url.startsWith(each));
    return prefix && url.endsWith(".git") ? [{ remote: name, app: url.slice(prefix.length, -".git".length) }] : [];
  });
}

/** What the app is when no flag says so; undefined when that is not clear. */
export async function defaultApp(context: CliContext, remote?: string): Promise<string | undefined> {
  if (context.env.HEROKU_APP) return context.env.HEROKU_APP;
  const remotes = (await herokuRemotes(context)).filter((each) => remote === undefined || each.remote === remote);
  return remotes.length === 1 ? remotes[0]?.app : undefined;
}

/** Undefined when nothing names an app. Throws CliError for an unknown remote, and for several if it is required. */
export async function resolveApp(spec: FlagSpec, flags: Flags, context: CliContext): Promise<string | undefined> {
  const named = flags.text("app");
  if (named !== undefined) return named;
  const wanted = flags.text("remote");
  const app = await defaultApp(context, wanted);
  if (app !== undefined) return app;
  const remotes = await herokuRemotes(context);
  if (wanted !== undefined) throw new CliError(`remote ${wanted} not found in git remotes`);
  const [, second] = remotes;
  if (!second || !spec.required) return undefined;
  throw new CliError(
    [
      "Multiple apps in git remotes",
      `  Usage: --remote ${second.remote}`,
      `     or: --app ${second.app}`,
      "  Your local git repository has more than 1 app referenced in git remotes.",
      "  Because of this, we can't determine which app you want to run this command against.",
      "  Specify the app you want with --app or --remote.",
      "  Heroku remotes in repo:",
      `  ${remotes.map(({ remote, app: each }) => `${each} (${remote})`).join("\n")}`,
      "",
      "  https://devcenter.heroku.com/articles/multiple-environments",
    ].join("\n"),
  );
}

/** `heroku rollback`. */

import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { findRelease, latestReleases } from "../../releases";
import { type Release, releaseShape } from "../../shapes";

export const rollback: CommandSpec = {
  id: "releases:rollback",
  description:
    "Roll back to a previous release.\n\n    If RELEASE is not specified, it will roll back to the last eligible release.\n    ",
  args: [{ name: "release", description: "ID of the release. If omitted, we use the last eligible release." }],
  flags: [PROMPT_FLAG, REQUIRED_APP, REMOTE_FLAG],
  async run(input) {
    const { app, api, print } = input;
    const target = await findTarget(input);
    if (!target) throw new CliError(`No eligible release found for ${print.app(app)} to roll back to.`);
    const title = `Rolling back ${print.app(app)} to ${print.paint("success", `v${target.version}`)}`;
    const made = await print.action(title, async () => {
      const release = await api.call(releaseShape, "POST", `/apps/${app}/releases`, { body: { release: target.id } });
      return [release, `done, ${print.paint("success", `v${release.version}`)}`];
    });
    await print.warn("Rollback affects code and config vars; it doesn't add or remove addons.");
    await print.warn(`To undo, run: ${print.paint("code", `heroku rollback v${made.version - 1}`)}`);
    return 0;
  },
};

/** The release that was named, or the last but one of the ten newest that code can be brought back from. */
async function findTarget({ args, app, api }: Input): Promise<Release | undefined> {
  if (args.release && args.release !== "previous") return findRelease(api, app, args.release);
  const eligible = (await latestReleases(api, app, 10)).filter((release) => release.eligible_for_rollback);
  return eligible[1];
}

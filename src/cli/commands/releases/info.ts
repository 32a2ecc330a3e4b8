/** `heroku releases:info`. */

import { type CommandSpec, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { findRelease, latestReleases } from "../../releases";
import { configShape } from "../../shapes";
import { shellQuote } from "../../shell-quote";
import { statusOf } from "./status";

export const releasesInfo: CommandSpec = {
  id: "releases:info",
  description: "view detailed information for a release",
  args: [{ name: "release", description: "ID of the release. If omitted, we use the last release ID." }],
  flags: [
    PROMPT_FLAG,
    REQUIRED_APP,
    { name: "json", kind: "boolean", description: "output in json format" },
    REMOTE_FLAG,
    { name: "shell", char: "s", kind: "boolean", description: "output in shell format" },
  ],
  async run({ args, app, flags, api, print }) {
    const wanted = args.release ?? "current";
    const release =
      wanted === "current" ? (await latestReleases(api, app, 10))[0] : await findRelease(api, app, wanted);
    if (!release) throw new CliError(`${print.app(app)} has no releases.`, "plain");
    if (flags.has("json")) {
      await print.json(release);
      return 0;
    }
    const vars = await api.get(configShape, `/apps/${app}/releases/${release.version}/config-vars`);
    const { text, meaning } = statusOf(release.status);
    const number = print.paint("name", `v${release.version}`);
    await print.header(`Release ${number}`);
    await print.pairs([
      ["Add-ons", release.addon_plan_names],
      ["By", print.paint("user", release.user.email)],
      ["Change", text === "" ? release.description : `${release.description} (${print.paint(meaning, text)})`],
      ["Eligible for Rollback?", release.eligible_for_rollback ? "Yes" : "No"],
      ["When", release.created_at],
    ]);
    await print.out("");
    await print.header(`${number} Config vars`);
    if (flags.has("shell")) {
      for (const [key, value] of Object.entries(vars)) await print.out(`${key}=${shellQuote(value)}`);
    } else await print.configVars(vars);
    return 0;
  },
};

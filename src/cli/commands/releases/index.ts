/** `heroku releases`. */

import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { latestReleases } from "../../releases";
import type { Release } from "../../shapes";
import { since } from "../../since";
import { statusOf } from "./status";

const DEFAULT_COUNT = "15";
/** Fewer columns than this are taken for this many when descriptions are shortened. */
const NARROWEST_TERMINAL = 80;

export const releases: CommandSpec = {
  id: "releases",
  description: "display the releases for an app",
  flags: [
    PROMPT_FLAG,
    REQUIRED_APP,
    { name: "extended", char: "x", kind: "boolean", hidden: true },
    { name: "json", kind: "boolean", description: "output releases in json format" },
    { name: "num", char: "n", kind: "string", description: "number of releases to show" },
    REMOTE_FLAG,
  ],
  examples: [
    " $ v1 Config add FOO_BAR email@example.com 2015/11/17 17:37:41 (~ 1h ago) ",
    " $ v2 Config add BAR_BAZ email@example.com 2015/11/17 17:37:41 (~ 1h ago) ",
    " $ v3 Config add BAZ_QUX email@example.com 2015/11/17 17:37:41 (~ 1h ago) ",
  ],
  async run(input) {
    const { app, flags, api, print, context } = input;
    const list = await latestReleases(api, app, flags.text("num") || DEFAULT_COUNT);
    if (flags.has("json")) {
      await print.json(list);
      return 0;
    }
    if (list.length === 0) {
      await print.out(`${print.app(app)} has no releases.`);
      return 0;
    }
    const current = list.find((release) => release.current);
    const suffix = current ? ` - ${print.paint("name", `Current: v${current.version}`)}` : "";
    await print.header(`${print.app(app)} Releases${suffix}`);
    const time = ({ created_at }: Release) => since(created_at, context.now());
    const room = roomForDescription(input, list, time);
    await print.table<Release>(
      [
        { title: "v", cell: ({ version, status }) => print.paint(statusOf(status).number, `v${version}`) },
        { title: "description", cell: (release) => describeRelease(input, release, room) },
        { title: "user", cell: ({ user }) => print.paint("user", user.email) },
        { title: "created_at", cell: time },
      ],
      [...list].sort((one, other) => other.version - one.version),
    );
    return 0;
  },
};

/** Columns for a description on a terminal; undefined where nothing is shortened. */
function roomForDescription(
  { print }: Input,
  list: readonly Release[],
  time: (release: Release) => string,
): number | undefined {
  if (!print.isTerminal) return undefined;
  const widest = (text: (release: Release) => string) => Math.max(...list.map((release) => text(release).length));
  // As the real one counts: two columns beside each of the other three, and nothing for the number's own.
  return Math.max(print.columns, NARROWEST_TERMINAL) - (2 + widest(({ user }) => user.email) + 2 + widest(time) + 2);
}

function describeRelease({ print }: Input, { description, status }: Release, room: number | undefined): string {
  const { text, meaning } = statusOf(status);
  const left = room === undefined ? Number.POSITIVE_INFINITY : room - (text === "" ? 0 : text.length + 1);
  const shown = description.length <= left ? description : `${description.slice(0, Math.max(0, left - 1))}…`;
  return text === "" ? shown : `${shown} ${print.paint(meaning, text)}`;
}

/** `heroku help` and `heroku help TOPIC`: lists of topics and commands from the catalogue. Layout: oclif 4. */

import { CATALOGUE, TOPICS, type Topic } from "../catalogue";
import { VERSION } from "../version";
import { type HelpPage, section } from "./command-help";
import { type Row, renderRows } from "./list";

/** Every name under which a command is listed, in alphabetical order. */
const LISTED: readonly { readonly name: string; readonly summary: string; readonly isAlias: boolean }[] =
  CATALOGUE.flatMap(({ id, summary, aliases = [], hidden }) =>
    hidden ? [] : [{ name: id, summary, isAlias: false }, ...aliases.map((name) => ({ name, summary, isAlias: true }))],
  ).sort((one, other) => (one.name < other.name ? -1 : 1));

const HOLDERS: readonly Topic[] = TOPICS.filter(
  ({ name, hidden }) =>
    !hidden &&
    [...TOPICS.map((topic) => topic.name), ...LISTED.map((each) => each.name)].some((each) =>
      each.includes(`${name}:`),
    ),
).sort((one, other) => (one.name < other.name ? -1 : 1));

export function renderRootHelp(page: HelpPage): string {
  const top = (name: string) => !name.includes(":");
  return [
    "CLI to interact with Heroku",
    section(page, "VERSION", VERSION),
    section(page, "USAGE", "$ heroku [COMMAND]"),
    list(page, "TOPICS", HOLDERS.filter(({ name }) => top(name)).map(topicRow)),
    list(
      page,
      "COMMANDS",
      LISTED.filter(({ name }) => top(name)).map(({ name, summary }): Row => [name, summary]),
    ),
    "",
  ].join("\n\n");
}

/**
 * The topics and commands below a topic.
 * @param under what stands above: a command's help, whose other names are not listed again; an error, where names must
 *   do; or the topic
 */
export function renderBelow(page: HelpPage, topic: string, under: "command" | "error" | "topic"): string {
  const depth = topic.split(":").length + 1;
  const below = ({ name }: { readonly name: string }) =>
    name.startsWith(`${topic}:`) && name.split(":").length === depth;
  const topics = HOLDERS.filter(below);
  const commands = LISTED.filter((each) => below(each) && !(under !== "topic" && each.isAlias));
  const rows = commands.map(({ name, summary }): Row => [name, under === "error" ? undefined : summary]);
  return [
    topics.length > 0 ? `${list(page, "TOPICS", topics.map(topicRow))}\n\n` : "",
    rows.length > 0 ? `${list(page, "COMMANDS", rows)}\n\n` : "",
  ].join("");
}

/** A topic that is no command itself. */
export function renderTopicHelp(page: HelpPage, topic: Topic): string {
  const head = topic.description ? `${topic.description}\n\n` : "";
  return `${head}${section(page, "USAGE", `$ heroku ${topic.name}:COMMAND`)}\n\n${renderBelow(page, topic.name, "topic")}`;
}

function topicRow({ name, description }: Topic): Row {
  return [name, description];
}

function list(page: HelpPage, title: string, rows: readonly Row[]): string {
  return section(page, title, renderRows(rows, page.columns));
}

/** The `heroku` command: finds the command, reads its line, runs it, frames its errors. */

import { defaultApp } from "./app";
import { CATALOGUE, type CataloguedCommand, TOPICS } from "./catalogue";
import { Client } from "./client";
import { type CommandSpec, PROMPT_FLAG } from "./command";
import { commands } from "./commands";
import { CliError, renderFailure } from "./failure";
import { type CommandHelp, type HelpPage, renderCommandHelp, renderUsageHelp } from "./help/command-help";
import { renderBelow, renderRootHelp, renderTopicHelp } from "./help/general-help";
import { parseLine } from "./parse";
import type { CliContext } from "./ports";
import { nearestCommand } from "./suggestion";
import { Printer } from "./terminal/printer";
import { VERSION } from "./version";

const UNKNOWN_COMMAND = 127;
const INTERRUPTED = 130;
const HELP_FLAGS = ["--help", "-h"];
const VERSION_WORDS = ["--version", "-v", "version"];

/**
 * Runs one line and returns its exit code: 0 ok, 1 plain error, 2 refused or misused, 127 unknown command,
 * 130 interrupted.
 */
export async function heroku(context: CliContext): Promise<number> {
  const { args, signal } = context;
  const print = new Printer(context.terminal, context.env, signal);
  const session: Session = { context, print };
  try {
    const code = await dispatch(session, args);
    return signal.aborted ? INTERRUPTED : code;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    throw error;
  }
}

interface Session {
  readonly context: CliContext;
  readonly print: Printer;
}

async function dispatch(session: Session, args: readonly string[]): Promise<number> {
  const { print } = session;
  const [first = "help", ...rest] = args;
  if (VERSION_WORDS.includes(first)) {
    await print.out(VERSION);
    return 0;
  }
  const end = args.indexOf("--");
  const wantsHelp = args.slice(0, end < 0 ? args.length : end).some((word) => HELP_FLAGS.includes(word));
  return guarded(session, async () => {
    if (args.length === 0 || first === "help" || wantsHelp) return help(session, args);
    const topic = catalogued(first) ? undefined : TOPICS.find(({ name }) => name === first);
    if (topic) return help(session, [first]);
    return runCommand(session, first, rest);
  });
}

/** Prints the CliError that ends the work. */
async function guarded({ context, print }: Session, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CliError)) throw error;
    await context.terminal.stderr.write(renderFailure(print.style, print.errorColumns, error));
    return error.exitCode;
  }
}

async function runCommand(session: Session, name: string, line: readonly string[]): Promise<number> {
  const entry = catalogued(name);
  if (!entry) return unknown(session, name, line);
  const spec = commands.find(({ id }) => id === entry.id);
  if (!spec) return notHere(session, `heroku ${entry.id}`);
  const { context, print } = session;
  try {
    const { app, ...parsed } = await parseLine(spec, line, context, print.style);
    if (parsed.flags.has(PROMPT_FLAG.name)) return await notHere(session, `heroku ${entry.id} --prompt`);
    const api = new Client(context.api, context.signal);
    return await spec.run({ ...parsed, app: app ?? "", api, print, context });
  } catch (error) {
    if (!(error instanceof CliError) || !error.withHelp) throw error;
    const { stderr } = context.terminal;
    await stderr.write(renderFailure(print.style, print.errorColumns, error));
    const shown = await commandHelp(session, spec, entry, name);
    await stderr.write(`\n${renderUsageHelp(shown)}${renderBelow(shown, name, "error")}`);
    return error.exitCode;
  }
}

/** A command of the published CLI, by any of its names. */
function catalogued(name: string): CataloguedCommand | undefined {
  return CATALOGUE.find(
    ({ id, aliases, hiddenAliases }) => id === name || aliases?.includes(name) || hiddenAliases?.includes(name),
  );
}

async function help(session: Session, words: readonly string[]): Promise<number> {
  const { context, print } = session;
  const { stdout } = context.terminal;
  const page: HelpPage = { style: print.style, columns: print.columns };
  const subject = helpSubject(words);
  if (subject === undefined) {
    await stdout.write(renderRootHelp(page));
    return 0;
  }
  const entry = catalogued(subject);
  const spec = entry && commands.find(({ id }) => id === entry.id);
  if (entry && spec) {
    const text = renderCommandHelp(await commandHelp(session, spec, entry, subject));
    await stdout.write(text + renderBelow(page, subject, "command"));
    return 0;
  }
  if (entry) return notHere(session, `heroku ${entry.id}`);
  const topic = TOPICS.find(({ name }) => name === subject);
  if (!topic) throw new CliError(`Command ${subject} not found.`);
  await stdout.write(renderTopicHelp(page, topic));
  return 0;
}

/** What help is wanted for; undefined for all. */
function helpSubject(words: readonly string[]): string | undefined {
  const subject = words.find((word) => !HELP_FLAGS.includes(word) && word !== "help");
  return subject?.startsWith("-") ? undefined : subject;
}

async function commandHelp(
  { context, print }: Session,
  spec: CommandSpec,
  entry: CataloguedCommand,
  name: string,
): Promise<CommandHelp> {
  const app = spec.flags?.some(({ isApp }) => isApp) ? await defaultApp(context) : undefined;
  return { spec, entry, name, app, style: print.style, columns: print.columns };
}

async function notHere({ print }: Session, what: string): Promise<number> {
  await print.err(`«${what}» existe en la CLI de Heroku, pero este simulador todavía no lo tiene.`);
  return 1;
}

async function unknown(session: Session, name: string, line: readonly string[]): Promise<number> {
  const { context, print } = session;
  const { style } = print;
  await print.warn(`${style.attribute("yellow", name)} is not a heroku command.`);
  const suggestion = nearestCommand(name);
  const answer = await context.terminal.ask(
    ` ${style.attribute("reset", `Did you mean ${style.attribute("bright-blue", suggestion)}?`)} ${style.attribute("dim", "(Y/n)")} `,
  );
  if (answer !== undefined && /^(y|yes|)$/i.test(answer.trim())) {
    const [command = "", ...words] = suggestion.split(":");
    if (command === "help") return dispatch(session, ["help", ...words]);
    // The words behind the suggested command's depth were meant as arguments: `config:get:KEY`.
    const args = line.length > 0 ? line : name.split(":").slice(words.length + 1);
    return runCommand(session, suggestion, args);
  }
  const [topic = ""] = name.split(":");
  const where = TOPICS.some((each) => each.name === topic) ? `heroku help ${topic}` : "heroku help";
  const shown = style.attribute("cyan", style.attribute("bold", where));
  throw new CliError(`Run ${shown} for a list of available commands.`, "framed", UNKNOWN_COMMAND);
}

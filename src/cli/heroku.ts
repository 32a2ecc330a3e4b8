/** The `heroku` command: finds the command, reads its line, runs it, frames its errors. */

import { resolveApp } from "./app";
import { Client } from "./client";
import type { CommandSpec } from "./command";
import { commands } from "./commands/table";
import { distance } from "./distance";
import { commandHelp, rootHelp, topicHelp, VERSION } from "./help";
import { CliError, frame, Printer, plainError } from "./output";
import { parseLine } from "./parse";
import type { CliContext } from "./ports";
import { SINGLE_COMMANDS, TOPICS } from "./topics";

const UNKNOWN_COMMAND = 127;
const INTERRUPTED = 130;

/** Runs one line and returns its exit code: 0 ok, 1 plain error, 2 refused or misused, 127 unknown, 130 interrupted. */
export async function heroku(context: CliContext): Promise<number> {
  const { terminal, signal } = context;
  try {
    return await dispatch(context, context.args);
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    if (!(error instanceof CliError)) throw error;
    const text = error.style === "framed" ? frame("Error", error.message) : plainError(error.message);
    await terminal.stderr.write(text + error.after);
    return error.exitCode;
  }
}

async function dispatch(context: CliContext, args: readonly string[]): Promise<number> {
  const [first = "help", ...rest] = args;
  const print = new Printer(context.terminal, context.env);
  if (first === "--version" || first === "-v" || first === "version") {
    await print.out(VERSION);
    return 0;
  }
  if (first === "help" || first === "--help" || first === "-h")
    return help(
      context,
      print,
      rest.filter((word) => !word.startsWith("-")),
    );
  const found = findCommand(args);
  if (!found) return unknown(context, print, args);
  const { spec, line } = found;
  const parsed = parseLine(spec, line);
  if (parsed.help) {
    await context.terminal.stdout.write(topicHelp(spec.name, commands) ?? commandHelp(spec));
    return 0;
  }
  const app = spec.app ? await resolveApp(parsed.flags, context) : undefined;
  if (spec.app === "required" && app === undefined) {
    throw new CliError("The following error occurred:\n  Missing required flag app\nSee more help with --help");
  }
  return spec.run({ ...parsed, app: app ?? "", api: new Client(context.api, context.signal), print, context });
}

function named(name: string): CommandSpec | undefined {
  return commands.find((spec) => spec.name === name || spec.aliases?.includes(name));
}

/** The longest name wins: `ps scale` is `ps:scale`. */
function findCommand(args: readonly string[]): { spec: CommandSpec; line: readonly string[] } | undefined {
  for (const length of [3, 2, 1]) {
    const head = args.slice(0, length);
    if (head.length < length || head.some((word) => word.startsWith("-"))) continue;
    const spec = named(head.join(":"));
    if (spec) return { spec, line: args.slice(length) };
  }
  return undefined;
}

async function help(context: CliContext, print: Printer, words: readonly string[]): Promise<number> {
  const name = words.join(":");
  if (name === "") {
    await context.terminal.stdout.write(rootHelp(commands));
    return 0;
  }
  const text = topicHelp(name, commands);
  if (text !== undefined) {
    await context.terminal.stdout.write(text);
    return 0;
  }
  if (isReal(name)) return notHere(print, name);
  throw new CliError(`Command ${name} not found.`);
}

/** A command or topic of the published CLI. */
function isReal(name: string): boolean {
  const [topic = ""] = name.split(":");
  return (
    SINGLE_COMMANDS.includes(name) ||
    (Object.hasOwn(TOPICS, topic) && !commands.some((spec) => spec.name.split(":")[0] === topic))
  );
}

async function notHere(print: Printer, name: string): Promise<number> {
  await print.err(
    `«heroku ${name}» existe en la CLI de Heroku, pero este simulador aún no la tiene. «heroku help» dice qué hay.`,
  );
  return 1;
}

async function unknown(context: CliContext, print: Printer, args: readonly string[]): Promise<number> {
  const name = args[0] ?? "";
  if (isReal(name)) return notHere(print, name);
  await print.warn(`${name} is not a heroku command.`);
  const candidates = [...commands.flatMap((spec) => [spec.name, ...(spec.aliases ?? [])]), "help", "version"];
  const [nearest] = candidates
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((one, other) => one.far - other.far);
  if (nearest && context.terminal.stderr.isTerminal) {
    const answer = await context.terminal.ask(`Did you mean ${nearest.candidate}? (Y/n) `);
    if (answer !== undefined && /^(y|yes|)$/i.test(answer.trim())) {
      return dispatch(context, [nearest.candidate, ...args.slice(1)]);
    }
  }
  const [topic = ""] = name.split(":");
  const where = name.includes(":") && Object.hasOwn(TOPICS, topic) ? `heroku help ${topic}` : "heroku help";
  throw new CliError(`Run ${where} for a list of available commands.`, "framed", UNKNOWN_COMMAND);
}

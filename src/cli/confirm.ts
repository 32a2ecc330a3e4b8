/** The question before something is destroyed. */

import type { Input } from "./command";
import { CliError } from "./failure";

/**
 * Returns when the app's name was given, with `--confirm` or typed.
 * Throws CliError for another name, and where there is nobody to ask.
 */
export async function confirm(
  { print, context }: Input,
  app: string,
  given: string | undefined,
  warning: string,
): Promise<void> {
  if (given) {
    if (given === app) return;
    const names = [print.paint("warning", given), print.paint("info", app)];
    throw new CliError(`Confirmation ${names[0]} did not match ${names[1]}. Aborted.`, "plain");
  }
  await print.warn(warning);
  await print.err("");
  const { style } = print;
  const command = print.paint("code", `--confirm ${app}`);
  const question = `To proceed, type ${print.paint("warning", app)} or re-run this command with ${command}`;
  const mark = style.coloured ? "\u001b[34m?\u001b[39m" : "?";
  const answer = await context.terminal.ask(`${mark} ${style.attribute("bold", question)} `);
  if (answer?.trim() === app) return;
  throw new CliError(`Confirmation did not match ${print.paint("info", app)}. Aborted.`, "plain");
}

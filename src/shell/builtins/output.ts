/** echo and printf. */

import { complain, output } from "../interpreter/state";
import { formatText, unescapeText } from "../printf-format";
import type { Builtin } from "./builtin";

const echo: Builtin = async ({ args, frame }) => {
  let from = 0;
  let newline = true;
  let escapes = false;
  for (; from < args.length && /^-[neE]+$/.test(args[from] ?? ""); from++) {
    for (const letter of args[from]?.slice(1) ?? "") {
      if (letter === "n") newline = false;
      else escapes = letter === "e";
    }
  }
  let text = args.slice(from).join(" ");
  if (escapes) {
    const result = unescapeText(text, true);
    text = result.text;
    if (result.stop) newline = false;
  }
  await output(frame).write(newline ? `${text}\n` : text);
  return 0;
};

const printf: Builtin = async ({ args, frame, interpreter }) => {
  let rest = args[0] === "--" ? args.slice(1) : args;
  let variable: string | undefined;
  if (rest[0] === "-v") {
    variable = rest[1];
    rest = rest.slice(2);
  }
  const [format, ...values] = rest;
  if (format === undefined) {
    await output(frame, 2).write("printf: usage: printf [-v var] format [arguments]\n");
    return 2;
  }
  const { text, complaints } = formatText(format, values, interpreter.world.now());
  if (variable === undefined) await output(frame).write(text);
  else frame.state.variables.setText(variable, text);
  for (const complaint of complaints) await complain(frame, `printf: ${complaint}`);
  return complaints.length > 0 ? 1 : 0;
};

export const outputBuiltins = { echo, printf };

/** Reading of lines and options: read, mapfile, getopts. */

import { complain, output } from "../interpreter/state";
import { Interrupted } from "../interpreter/tick";
import { readLine } from "../streams";
import type { Builtin } from "./builtin";

const NAME = /^[A-Za-z_]\w*(\[.*\])?$/;

/** Splits at IFS into at most `count` fields; the last one keeps the rest. */
function fields(text: string, ifs: string, count: number): string[] {
  const white = [...ifs].filter((character) => /\s/.test(character)).join("");
  const isWhite = (character: string | undefined) => character !== undefined && white.includes(character);
  let at = 0;
  let end = text.length;
  while (at < end && isWhite(text[at])) at++;
  while (end > at && isWhite(text[end - 1])) end--;
  const result: string[] = [];
  while (at < end && result.length < count - 1) {
    let stop = at;
    while (stop < end && !ifs.includes(text[stop] ?? "")) stop++;
    result.push(text.slice(at, stop));
    at = stop;
    while (at < end && isWhite(text[at])) at++;
    if (at < end && ifs.includes(text[at] ?? "") && !isWhite(text[at])) {
      at++;
      while (at < end && isWhite(text[at])) at++;
    }
  }
  if (at < end) {
    let rest = text.slice(at, end);
    // One separator at the end closes the last field.
    const last = rest.at(-1) ?? "";
    if (ifs.includes(last) && !isWhite(last) && ![...rest.slice(0, -1)].some((each) => ifs.includes(each))) {
      rest = rest.slice(0, -1);
    }
    result.push(rest);
  }
  return result;
}

const read: Builtin = async ({ args, frame, interpreter }) => {
  const { state } = frame;
  let raw = false;
  let array: string | undefined;
  let delimiter = "\n";
  let prompt = "";
  let descriptor = 0;
  let timeout: number | undefined;
  let characters: number | undefined;
  let at = 0;
  for (; at < args.length && /^-./.test(args[at] ?? ""); at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      at++;
      break;
    }
    for (let index = 1; index < arg.length; index++) {
      const letter = arg[index] ?? "";
      if (letter === "r") raw = true;
      else if (letter === "s" || letter === "e") continue;
      else if ("adpuntNi".includes(letter)) {
        const value = arg.slice(index + 1) || (args[++at] ?? "");
        if (letter === "a") array = value;
        else if (letter === "d") delimiter = value || "\0";
        else if (letter === "p") prompt = value;
        else if (letter === "u") descriptor = Number(value);
        else if (letter === "t") timeout = Number(value) * 1000;
        else if (letter === "n" || letter === "N") characters = Number(value);
        break;
      } else {
        await complain(frame, `read: -${letter}: invalid option`);
        await output(frame, 2).write(
          "read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n",
        );
        return 2;
      }
    }
  }
  const names = args.slice(at);
  const bad = names.find((name) => !NAME.test(name));
  if (bad !== undefined) {
    await complain(frame, `read: \`${bad}': not a valid identifier`);
    return 1;
  }
  const source = frame.descriptors.get(descriptor)?.source;
  if (!source) {
    await complain(frame, `read: ${descriptor}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  if (prompt && source.isTerminal) await output(frame, 2).write(prompt);

  const limit = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const signal = limit ? AbortSignal.any([frame.signal, limit]) : frame.signal;
  let text = "";
  let ended = false;
  try {
    for (;;) {
      const line = await readLine(source, signal, delimiter);
      if (!line) {
        ended = true;
        break;
      }
      text += line.text;
      ended = line.ended;
      if (characters !== undefined && text.length >= characters) {
        const rest = text.slice(characters) + (ended ? "" : delimiter);
        source.unread(new TextEncoder().encode(rest));
        text = text.slice(0, characters);
        ended = false;
        break;
      }
      const continued = !raw && !ended && /(^|[^\\])(\\\\)*\\$/.test(text);
      if (!continued) break;
      text = text.slice(0, -1);
    }
  } catch (error) {
    if (!(error instanceof Interrupted) || frame.signal.aborted) throw error;
    return 142;
  }

  // A character behind a backslash separates nothing: it is moved out of the way while splitting.
  const hidden: string[] = [];
  const masked = raw
    ? text
    : text.replace(/\\([\s\S])/g, (_, character: string) => {
        hidden.push(character);
        return String.fromCharCode(0xe000 + hidden.length - 1);
      });
  const reveal = (field: string) =>
    field.replace(/[\ue000-\uefff]/g, (mark) => (raw ? mark : (hidden[mark.charCodeAt(0) - 0xe000] ?? mark)));
  const ifs = state.variables.text("IFS") ?? " \t\n";
  if (array !== undefined) {
    const items = fields(masked, ifs, Number.POSITIVE_INFINITY).map(reveal);
    state.variables.set(array, { kind: "array", items: new Map(items.entries()) });
  } else if (names.length === 0) state.variables.setText("REPLY", reveal(masked));
  else {
    const values = fields(masked, ifs, names.length);
    for (const [index, name] of names.entries())
      interpreter.expander(frame).arithmeticScope.set(name, reveal(values[index] ?? ""));
  }
  return ended ? 1 : 0;
};

const mapfile: Builtin = async ({ args, frame }) => {
  const trim = args.includes("-t");
  const name = args.filter((arg) => !arg.startsWith("-")).at(-1) ?? "MAPFILE";
  const source = frame.descriptors.get(0)?.source;
  const items = new Map<number, string>();
  while (source) {
    const line = await readLine(source, frame.signal);
    if (!line) break;
    items.set(items.size, trim || line.ended ? line.text : `${line.text}\n`);
    if (line.ended) break;
  }
  frame.state.variables.set(name, { kind: "array", items });
  return 0;
};

const getopts: Builtin = async ({ args, frame }) => {
  const { state } = frame;
  const { variables } = state;
  const [spec, variable, ...given] = args;
  if (spec === undefined || variable === undefined) {
    await output(frame, 2).write("getopts: usage: getopts optstring name [arg ...]\n");
    return 2;
  }
  const words = given.length > 0 ? given : state.positional;
  const silent = spec.startsWith(":");
  let index = Number(variables.text("OPTIND") ?? 1);
  const word = words[index - 1];
  if (word === undefined || !/^-./.test(word) || word === "--") {
    if (word === "--") variables.setText("OPTIND", String(index + 1));
    variables.setText(variable, "?");
    state.optionCursor = 0;
    return 1;
  }
  state.optionCursor = Math.max(1, state.optionCursor);
  const letter = word[state.optionCursor] ?? "";
  state.optionCursor++;
  const at = letter === ":" ? -1 : spec.indexOf(letter);
  const done = state.optionCursor >= word.length;
  variables.unset("OPTARG");
  let result = letter;
  if (at < 0) {
    result = "?";
    if (silent) variables.setText("OPTARG", letter);
    else await output(frame, 2).write(`${state.name}: illegal option -- ${letter}\n`);
  } else if (spec[at + 1] === ":") {
    const value = done ? words[index] : word.slice(state.optionCursor);
    if (done) index++;
    if (value === undefined) {
      result = silent ? ":" : "?";
      if (silent) variables.setText("OPTARG", letter);
      else await output(frame, 2).write(`${state.name}: option requires an argument -- ${letter}\n`);
    } else variables.setText("OPTARG", value);
    state.optionCursor = word.length;
  }
  if (state.optionCursor >= word.length) {
    index++;
    state.optionCursor = 0;
  }
  variables.setText("OPTIND", String(index));
  variables.setText(variable, result);
  return 0;
};

export const readBuiltins = { read, mapfile, readarray: mapfile, getopts } satisfies Record<string, Builtin>;

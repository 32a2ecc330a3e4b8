/** Loops and choices: while, until, for, select, case. */

import type { ArithmeticFor, Case, For, Select, While } from "unbash";
import { readLine } from "../streams";
import { BreakLoop } from "./control";
import type { Interpreter } from "./interpreter";
import { matches } from "./pattern";
import { type Frame, output } from "./state";
import { tick } from "./tick";

/** One round of a loop; returns whether the loop goes on. */
async function round(frame: Frame, body: () => Promise<unknown>): Promise<boolean> {
  frame.state.loops++;
  try {
    await tick(frame.signal);
    await body();
    return true;
  } catch (error) {
    if (!(error instanceof BreakLoop)) throw error;
    frame.state.status = 0;
    if (error.levels > 1 && frame.state.loops > 1) {
      error.levels--;
      throw error;
    }
    return error.kind === "continue";
  } finally {
    frame.state.loops--;
  }
}

export async function runWhile(interpreter: Interpreter, node: While, frame: Frame): Promise<number> {
  let status = 0;
  let more = true;
  while (more) {
    let entered = false;
    more = await round(frame, async () => {
      const clause = await interpreter.list(node.clause.commands, { ...frame, tested: true });
      entered = node.kind === "while" ? clause === 0 : clause !== 0;
      if (entered) await interpreter.list(node.body.commands, frame);
    });
    if (entered) status = frame.state.status;
    else break;
  }
  frame.state.status = status;
  return status;
}

export async function runFor(interpreter: Interpreter, node: For, frame: Frame): Promise<number> {
  const { state } = frame;
  state.position = node.pos;
  const { wordlist } = node;
  const items = wordlist
    ? await interpreter.guarded(frame, () => interpreter.expander(frame).words(wordlist))
    : state.positional;
  state.status = 0;
  for (const item of items) {
    const more = await round(frame, async () => {
      state.variables.setText(node.name.text, item);
      await interpreter.list(node.body.commands, frame);
    });
    if (!more) break;
  }
  return state.status;
}

export async function runArithmeticFor(interpreter: Interpreter, node: ArithmeticFor, frame: Frame): Promise<number> {
  const expander = interpreter.expander(frame);
  const value = (expression: typeof node.test) =>
    interpreter.guarded(frame, () =>
      expander.arithmetic(
        expression,
        `((: ${frame.source.slice(expression?.pos, expression?.end)}`,
        (expression?.pos ?? 0) - 4,
      ),
    );
  let status = 0;
  await value(node.initialize);
  while (node.test === undefined || (await value(node.test)) !== 0n) {
    const more = await round(frame, () => interpreter.list(node.body.commands, frame));
    status = frame.state.status;
    if (!more) break;
    await value(node.update);
  }
  frame.state.status = status;
  return status;
}

export async function runSelect(interpreter: Interpreter, node: Select, frame: Frame): Promise<number> {
  const { state } = frame;
  const { wordlist } = node;
  const items = wordlist
    ? await interpreter.guarded(frame, () => interpreter.expander(frame).words(wordlist))
    : state.positional;
  const source = frame.descriptors.get(0)?.source;
  for (;;) {
    const menu = items.map((item, index) => `${index + 1}) ${item}\n`).join("");
    await output(frame, 2).write(`${menu}${state.variables.text("PS3") ?? "#? "}`);
    const line = source ? await readLine(source, frame.signal) : undefined;
    if (!line) {
      state.status = 1;
      return 1;
    }
    state.variables.setText("REPLY", line.text);
    state.variables.setText(node.name.text, items[Number(line.text) - 1] ?? "");
    if (!(await round(frame, () => interpreter.list(node.body.commands, frame)))) return state.status;
  }
}

export async function runCase(interpreter: Interpreter, node: Case, frame: Frame): Promise<number> {
  const expander = interpreter.expander(frame);
  frame.state.position = node.pos;
  const text = await interpreter.guarded(frame, () => expander.text(node.word));
  frame.state.status = 0;
  let through = false;
  for (const item of node.items) {
    let matched = through;
    for (const pattern of item.pattern) {
      if (!matched) matched = matches(await interpreter.guarded(frame, () => expander.pattern(pattern)), text);
    }
    if (!matched) continue;
    await interpreter.list(item.body.commands, frame);
    if (item.terminator === ";&") through = true;
    else if (item.terminator === ";;&") through = false;
    else return frame.state.status;
  }
  return frame.state.status;
}

/** Pipelines: their stages run at the same time. */

import type { Pipeline } from "unbash";
import { Pipe } from "../pipe";
import { PushbackSource } from "../streams";
import type { Interpreter } from "./interpreter";
import { type Frame, output } from "./state";

export async function runPipeline(interpreter: Interpreter, node: Pipeline, frame: Frame): Promise<number> {
  const { state } = frame;
  const negated = node.prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1;
  const timed = node.prefixes.some((prefix) => prefix.type === "Time");
  const started = performance.now();
  const inner = negated ? { ...frame, tested: true } : frame;
  const [only] = node.commands;
  let statuses: number[];
  if (node.commands.length === 0) statuses = [0];
  else if (node.commands.length === 1 && only) statuses = [await interpreter.run(only, inner)];
  else statuses = await stages(interpreter, node, inner);
  if (timed) {
    const seconds = (performance.now() - started) / 1000;
    const spent = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`;
    await output(frame, 2).write(`\nreal\t${spent}\nuser\t0m0.000s\nsys\t0m0.000s\n`);
  }
  state.variables.set("PIPESTATUS", {
    kind: "array",
    items: new Map(statuses.map((status, index) => [index, String(status)])),
  });
  const last = statuses.at(-1) ?? 0;
  const failed = state.options.has("pipefail") ? statuses.findLast((status) => status !== 0) : undefined;
  const status = failed ?? last;
  if (!negated) return interpreter.settle(status, frame);
  state.status = status === 0 ? 1 : 0;
  return state.status;
}

/** All stages run at the same time, each as a process of its own. */
async function stages(interpreter: Interpreter, node: Pipeline, frame: Frame): Promise<number[]> {
  const pipes = node.operators.map(() => new Pipe());
  const runs = node.commands.map(async (command, index) => {
    const before = pipes[index - 1];
    const after = pipes[index];
    const descriptors = new Map(frame.descriptors);
    if (before) descriptors.set(0, { source: new PushbackSource(before) });
    if (after) descriptors.set(1, { sink: after });
    if (after && node.operators[index] === "|&") descriptors.set(2, { sink: after });
    try {
      return await interpreter.subshell({ ...frame, descriptors }, (own) => interpreter.run(command, own));
    } finally {
      before?.closeReader();
      after?.closeWriter();
    }
  });
  // Every stage must have ended before an interruption goes up: nothing may write afterwards.
  const results = await Promise.allSettled(runs);
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

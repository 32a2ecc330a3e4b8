/** Background jobs: jobs, wait, kill, fg, bg, disown. */

import { complain, type Frame, type Job, output } from "../interpreter/state";
import { interruptible } from "../interpreter/tick";
import type { Builtin } from "./builtin";

const SIGNALS = [
  "HUP",
  "INT",
  "QUIT",
  "ILL",
  "TRAP",
  "ABRT",
  "BUS",
  "FPE",
  "KILL",
  "USR1",
  "SEGV",
  "USR2",
  "PIPE",
  "ALRM",
  "TERM",
];

/** E.g. `[1]+  Running                 sleep 9 &`. */
export function jobLine(job: Job, current: boolean): string {
  const state =
    job.status === undefined
      ? "Running"
      : job.status === 0
        ? "Done"
        : job.status === 143
          ? "Terminated"
          : job.status === 137
            ? "Killed"
            : `Exit ${job.status}`;
  const text = job.status === undefined ? `${job.text} &` : job.text;
  return `[${job.number}]${current ? "+" : " "}  ${state.padEnd(24)}${text}\n`;
}

/** `%1`, `%%`, `%name` or a process number. */
function findJob(spec: string, { state }: Frame): Job | undefined {
  const jobs = [...state.jobs.values()];
  if (!spec.startsWith("%")) return jobs.find((job) => String(job.pid) === spec);
  const rest = spec.slice(1);
  if (rest === "" || rest === "%" || rest === "+") return jobs.at(-1);
  if (rest === "-") return jobs.at(-2);
  if (/^\d+$/.test(rest)) return state.jobs.get(Number(rest));
  return jobs.find((job) => (rest.startsWith("?") ? job.text.includes(rest.slice(1)) : job.text.startsWith(rest)));
}

const jobs: Builtin = async ({ args, frame }) => {
  const all = [...frame.state.jobs.values()];
  for (const [index, job] of all.entries()) {
    if (args.includes("-p")) await output(frame).write(`${job.pid}\n`);
    else await output(frame).write(jobLine(job, index === all.length - 1));
    if (job.status !== undefined) frame.state.jobs.delete(job.number);
  }
  return 0;
};

const wait: Builtin = async ({ args, frame }) => {
  const { state } = frame;
  let status = 0;
  const specs = args.filter((arg) => !arg.startsWith("-"));
  const wanted: Job[] = [];
  for (const spec of specs) {
    const job = findJob(spec, frame);
    if (job) wanted.push(job);
    else {
      const known = spec.startsWith("%");
      await complain(frame, known ? `wait: ${spec}: no such job` : `wait: pid ${spec} is not a child of this shell`);
      status = 127;
    }
  }
  const all = specs.length === 0;
  for (const job of all ? [...state.jobs.values()] : wanted) {
    const result = await interruptible(job.done, frame.signal);
    if (!all) status = result;
    if (!state.interactive) state.jobs.delete(job.number);
  }
  return status;
};

const kill: Builtin = async ({ args, frame }) => {
  if (args[0] === "-l" || args[0] === "-L") {
    await output(frame).write(
      `${SIGNALS.map((name, index) => `${String(index + 1).padStart(2)}) SIG${name}`).join("\n")}\n`,
    );
    return 0;
  }
  let rest = args;
  let signal = "TERM";
  const given = args[0] ?? "";
  if (given === "-s" || given === "-n") {
    signal = args[1] ?? "";
    rest = args.slice(2);
  } else if (/^-[A-Za-z0-9]+$/.test(given)) {
    signal = given.slice(1);
    rest = args.slice(1);
  }
  const name = /^\d+$/.test(signal)
    ? signal === "0"
      ? "0"
      : SIGNALS[Number(signal) - 1]
    : signal.toUpperCase().replace(/^SIG/, "");
  if (name === undefined || (name !== "0" && !SIGNALS.includes(name))) {
    await complain(frame, `kill: ${signal}: invalid signal specification`);
    return 1;
  }
  if (rest.length === 0) {
    await output(frame, 2).write(
      "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n",
    );
    return 2;
  }
  let status = 0;
  for (const spec of rest) {
    const job = findJob(spec, frame);
    if (job && job.status === undefined) {
      if (name !== "0") job.control.abort(name);
    } else if (!job && !spec.startsWith("%") && !/^-?\d+$/.test(spec)) {
      await complain(frame, `kill: ${spec}: arguments must be process or job IDs`);
      status = 1;
    } else if (spec !== "1000" || name !== "0") {
      await complain(frame, spec.startsWith("%") ? `kill: ${spec}: no such job` : `kill: (${spec}) - No such process`);
      status = 1;
    }
  }
  return status;
};

const fg: Builtin = async ({ args, frame }) => {
  const { state } = frame;
  const job = findJob(args[0] ?? "%%", frame);
  if (!job) {
    await complain(frame, `fg: ${args[0] ?? "current"}: no such job`);
    return 1;
  }
  await output(frame).write(`${job.text}\n`);
  const stop = () => job.control.abort("INT");
  frame.signal.addEventListener("abort", stop, { once: true });
  try {
    return await interruptible(job.done, frame.signal);
  } finally {
    frame.signal.removeEventListener("abort", stop);
    state.jobs.delete(job.number);
  }
};

/** Nothing is ever stopped here, so there is nothing to continue. */
const bg: Builtin = async ({ args, frame }) => {
  const job = findJob(args[0] ?? "%%", frame);
  await complain(
    frame,
    job ? `bg: job ${job.number} already in background` : `bg: ${args[0] ?? "current"}: no such job`,
  );
  return job ? 0 : 1;
};

const disown: Builtin = async ({ args, frame }) => {
  const job = findJob(args.find((arg) => !arg.startsWith("-")) ?? "%%", frame);
  if (job) frame.state.jobs.delete(job.number);
  return job ? 0 : 1;
};

export const jobBuiltins = { jobs, wait, kill, fg, bg, disown } satisfies Record<string, Builtin>;

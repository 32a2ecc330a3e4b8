/** Programs of a few lines: clear, basename, dirname, printenv, whoami, hostname, uname, id, tty, less. */

import { baseName, directoryName } from "../../files/tree";
import type { Command } from "../command";
import { cat } from "./cat";

/** Clears the screen and what was scrolled away. */
const clear: Command = async ({ stdout, args, stderr }) => {
  const option = args.find((arg) => arg.startsWith("-") && arg !== "-x");
  if (option !== undefined) {
    await stderr.write(`clear: invalid option -- '${option[1]}'\nUsage: clear [options]\n`);
    return 1;
  }
  await stdout.write(args.includes("-x") ? "\x1b[H\x1b[2J" : "\x1b[H\x1b[2J\x1b[3J");
  return 0;
};

const basename: Command = async ({ args, stdout, stderr }) => {
  const operands = args.filter((arg) => arg !== "--");
  const [name, suffix] = operands;
  if (name === undefined) {
    await stderr.write("basename: missing operand\nTry 'basename --help' for more information.\n");
    return 1;
  }
  if (operands.length > 2) {
    await stderr.write(`basename: extra operand ‘${operands[2]}’\nTry 'basename --help' for more information.\n`);
    return 1;
  }
  const base = /^\/+$/.test(name) ? "/" : baseName(name.replace(/\/+$/, ""));
  await stdout.write(`${suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base}\n`);
  return 0;
};

const dirname: Command = async ({ args, stdout, stderr }) => {
  const operands = args.filter((arg) => arg !== "--");
  if (operands.length === 0) {
    await stderr.write("dirname: missing operand\nTry 'dirname --help' for more information.\n");
    return 1;
  }
  for (const operand of operands) {
    const path = operand.replace(/(?<=.)\/+$/, "");
    await stdout.write(`${path.includes("/") ? directoryName(path) : "."}\n`);
  }
  return 0;
};

const printenv: Command = async ({ args, env, stdout }) => {
  const names = args.filter((arg) => !arg.startsWith("-"));
  if (names.length === 0) {
    for (const [name, value] of Object.entries(env)) await stdout.write(`${name}=${value}\n`);
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const value = env[name];
    if (value === undefined) status = 1;
    else await stdout.write(`${value}\n`);
  }
  return status;
};

const whoami: Command = async ({ env, stdout }) => {
  await stdout.write(`${env.USER ?? "root"}\n`);
  return 0;
};

const hostname: Command = async ({ env, stdout }) => {
  await stdout.write(`${env.HOSTNAME ?? "localhost"}\n`);
  return 0;
};

const UNAME: Record<string, string> = {
  s: "Linux",
  n: "localhost",
  r: "6.8.0",
  v: "#1 SMP",
  m: "x86_64",
  p: "x86_64",
  o: "GNU/Linux",
};

const uname: Command = async ({ args, stdout }) => {
  const letters = args.flatMap((arg) => (arg === "--all" ? ["a"] : [...arg.replace(/^-+/, "")]));
  const wanted = letters.includes("a") ? [..."snrvmo"] : letters.length > 0 ? letters : ["s"];
  await stdout.write(`${wanted.map((letter) => UNAME[letter] ?? "").join(" ")}\n`);
  return 0;
};

const id: Command = async ({ args, env, stdout }) => {
  const user = env.USER ?? "root";
  const number = args.some((arg) => /^-[ugG]$/.test(arg));
  const text =
    args.includes("-un") || args.includes("-gn")
      ? user
      : number
        ? "1000"
        : `uid=1000(${user}) gid=1000(${user}) groups=1000(${user})`;
  await stdout.write(`${text}\n`);
  return 0;
};

const tty: Command = async ({ stdin, stdout }) => {
  await stdout.write(stdin.isTerminal ? "/dev/pts/0\n" : "not a tty\n");
  return stdin.isTerminal ? 0 : 1;
};

/** The terminal scrolls: a pager only has to print. */
const less: Command = (context) => cat({ ...context, args: context.args.filter((arg) => !/^[-+]./.test(arg)) });

export const SMALL: Readonly<Record<string, Command>> = {
  clear,
  basename,
  dirname,
  printenv,
  whoami,
  hostname,
  uname,
  id,
  tty,
  less,
  more: less,
};

/** What Tab offers: names of commands, of files and of variables. */

import { baseName, resolvePath } from "../files/tree";
import { nameOrder } from "./collation";
import type { Completion } from "./line-editor";
import type { Shell } from "./shell";

/** Words that a command follows. */
const OPENERS = new Set([
  "if",
  "then",
  "else",
  "elif",
  "while",
  "until",
  "do",
  "!",
  "{",
  "time",
  "sudo",
  "env",
  "xargs",
  "exec",
]);

interface Word {
  readonly from: number;
  /** Without quotes and backslashes. */
  readonly text: string;
  readonly quote: string;
}

export function complete(shell: Shell, text: string, cursor: number): Completion {
  const { words, last } = cut(text.slice(0, cursor));
  if (last.quote !== "'" && /^\$\w*$/.test(last.text)) {
    const names = shell.variableNames().filter((name) => name.startsWith(last.text.slice(1)));
    return {
      from: last.from,
      candidates: names.map((name) => ({ text: `${last.quote}$${name}`, label: `$${name}`, final: last.quote === "" })),
    };
  }
  const previous = words.at(-1);
  const isCommand = previous === undefined || OPENERS.has(previous);
  if (isCommand && !last.text.includes("/")) {
    const names = shell
      .commandNames()
      .filter((name) => name.startsWith(last.text) && last.text !== "" && /^[\w.]/.test(name));
    return { from: last.from, candidates: names.map((name) => ({ text: name, label: name, final: true })) };
  }
  return files(shell, last, words[0] === "cd" || words[0] === "rmdir" || words[0] === "pushd");
}

/** The words of the command that the cursor is in, and the one that it touches. */
function cut(text: string): { words: string[]; last: Word } {
  let words: string[] = [];
  let from = 0;
  let word = "";
  let quote = "";
  let opened = "";
  let started = false;
  const close = (next: number) => {
    if (started) words.push(word);
    word = "";
    started = false;
    from = next;
    opened = "";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote) {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      if (!started) opened = character;
      started = true;
    } else if (character === "\\") {
      word += text[++at] ?? "";
      started = true;
    } else if (/[|;&(\n`]/.test(character)) {
      close(at + 1);
      words = [];
    } else if (/[\s<>]/.test(character)) {
      close(at + 1);
      if (/[<>]/.test(character)) words.push(character);
    } else {
      // The value of an assignment or of a long option is a word of its own.
      if (character === "=" && started && quote === "") {
        words.push(`${word}=`);
        word = "";
        from = at + 1;
        started = false;
        continue;
      }
      word += character;
      started = true;
    }
  }
  return { words, last: { from, text: word, quote: quote || opened } };
}

function files(shell: Shell, word: Word, onlyDirectories: boolean): Completion {
  const slash = word.text.lastIndexOf("/");
  const folder = word.text.slice(0, slash + 1);
  const start = word.text.slice(slash + 1);
  const home = shell.variable("HOME") ?? "/";
  const tilde = folder.startsWith("~/") && word.quote === "";
  const path = resolvePath(shell.cwd, tilde ? home + folder.slice(1) : folder || ".");
  if (!shell.files.isDirectory(path)) return { from: word.from, candidates: [] };
  const env = { LANG: shell.variable("LANG"), LC_ALL: shell.variable("LC_ALL") };
  const candidates = shell.files
    .readDirectory(path)
    .filter((name) => name.startsWith(start) && (start !== "" || !name.startsWith(".")))
    .sort(nameOrder(env))
    .map((name) => ({ name, directory: shell.files.isDirectory(resolvePath(path, name)) }))
    .filter(({ directory }) => directory || !onlyDirectories)
    .map(({ name, directory }) => {
      const quoted = quote(folder, word.quote, tilde) + quote(name, word.quote, false);
      const end = directory ? "/" : word.quote;
      return { text: word.quote + quoted + end, label: baseName(name) + (directory ? "/" : ""), final: !directory };
    });
  return { from: word.from, candidates };
}

function quote(text: string, open: string, tilde: boolean): string {
  if (open === "'") return text;
  if (open === '"') return text.replace(/["\\$`]/g, "\\$&");
  const escaped = text.replace(/[^\w@%+=:,./~\u0080-\uffff-]/g, "\\$&");
  return tilde ? escaped : escaped.replace(/^~/, "\\~");
}

/** cat */

import type { Command, CommandContext } from "../command";
import { attempt, openInput } from "./input";
import { type Manual, readOptions } from "./options";

const MANUAL: Manual = {
  name: "cat",
  options: [
    { short: "n", long: "number" },
    { short: "b", long: "number-nonblank" },
    { short: "s", long: "squeeze-blank" },
    { short: "E", long: "show-ends" },
    { short: "T", long: "show-tabs" },
    { short: "A", long: "show-all" },
    { short: "e" },
    { short: "t" },
    { short: "v", long: "show-nonprinting" },
    { short: "u" },
  ],
  help: `Usage: cat [OPTION]... [FILE]...
Concatenate FILE(s) to standard output.

With no FILE, or when FILE is -, read standard input.

  -A, --show-all           equivalent to -vET
  -b, --number-nonblank    number nonempty output lines, overrides -n
  -E, --show-ends          display $ at end of each line
  -n, --number             number all output lines
  -s, --squeeze-blank      suppress repeated empty output lines
  -T, --show-tabs          display TAB characters as ^I
      --help        display this help and exit
      --version     output version information and exit
`,
};

interface Style {
  readonly number: "all" | "nonblank" | undefined;
  readonly squeeze: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly controls: boolean;
}

export const cat: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  const has = (...names: string[]) => names.some((name) => options.has(name));
  const style: Style = {
    number: has("b") ? "nonblank" : has("n") ? "all" : undefined,
    squeeze: has("s"),
    ends: has("E", "A", "e"),
    tabs: has("T", "A", "t"),
    controls: has("v", "A", "e", "t"),
  };
  const plain = !style.number && !style.squeeze && !style.ends && !style.tabs && !style.controls;
  const write = plain ? (chunk: Uint8Array) => context.stdout.write(chunk) : lineWriter(context, style);
  let status = 0;
  for (const operand of options.operands.length > 0 ? options.operands : ["-"]) {
    const copied = await attempt(
      context,
      async () => {
        const source = openInput(context, operand);
        for (let chunk = await source.read(); chunk; chunk = await source.read()) await write(chunk);
      },
      (reason) => `cat: ${operand}: ${reason}`,
    );
    if (!copied) status = 1;
  }
  return status;
};

/** Writes with decorations; the state goes over chunks and files. */
function lineWriter({ stdout }: CommandContext, style: Style): (chunk: Uint8Array) => Promise<void> {
  let number = 0;
  let atStart = true;
  let blanks = 0;
  const decoder = new TextDecoder("latin1");
  return async (chunk) => {
    let text = "";
    for (const piece of decoder.decode(chunk).match(/[^\n]*\n|[^\n]+/g) ?? []) {
      const blank = atStart && piece === "\n";
      blanks = blank ? blanks + 1 : 0;
      if (style.squeeze && blanks > 1) continue;
      if (atStart && (style.number === "all" || (style.number === "nonblank" && !blank))) {
        number++;
        text += `${String(number).padStart(6)}\t`;
      }
      let shown = style.controls ? visible(piece) : piece;
      if (style.tabs) shown = shown.replaceAll("\t", "^I");
      text += style.ends ? shown.replace("\n", "$\n") : shown;
      atStart = piece.endsWith("\n");
    }
    // Latin-1 in, Latin-1 out: the bytes of other encodings pass unchanged.
    await stdout.write(Uint8Array.from(text, (character) => byteOf(character)));
  };
}

/** Control characters as `^X`, bytes over 127 as `M-…`; tabs and line ends as they are. */
function visible(text: string): string {
  let result = "";
  for (const character of text) {
    const byte = byteOf(character);
    const low = byte & 0x7f;
    const shown = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? "^?" : String.fromCharCode(low);
    if (character === "\t" || character === "\n") result += character;
    else result += byte > 127 ? `M-${shown}` : shown;
  }
  return result;
}

/** TextDecoder's "latin1" is Windows-1252: its 27 other characters go back to their bytes. */
function byteOf(character: string): number {
  const code = character.charCodeAt(0);
  return code < 256 ? code : 0x80 + WINDOWS_1252.indexOf(character);
}

const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** What a terminal sends, cut into keys. */

export type KeyName =
  | "enter"
  | "tab"
  | "backspace"
  | "delete"
  | "left"
  | "right"
  | "up"
  | "down"
  | "home"
  | "end"
  | "word-left"
  | "word-right"
  | "delete-word"
  | "delete-word-right"
  | "delete-blank-word"
  | "kill"
  | "kill-all"
  | "yank"
  | "clear"
  | "interrupt"
  | "end-of-file"
  | "cancel";

export type Key = { readonly kind: "text"; readonly text: string } | { readonly kind: "key"; readonly name: KeyName };

const CONTROLS: Record<string, KeyName> = {
  "\x01": "home",
  "\x02": "left",
  "\x03": "interrupt",
  "\x04": "end-of-file",
  "\x05": "end",
  "\x06": "right",
  "\x07": "cancel",
  "\b": "backspace",
  "\t": "tab",
  "\n": "enter",
  "\x0b": "kill",
  "\f": "clear",
  "\r": "enter",
  "\x0e": "down",
  "\x10": "up",
  "\x15": "kill-all",
  "\x17": "delete-blank-word",
  "\x19": "yank",
  "\x7f": "backspace",
};

/** What follows ESC. */
const SEQUENCES: Record<string, KeyName> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  "[H": "home",
  "[F": "end",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  OH: "home",
  OF: "end",
  "[1~": "home",
  "[3~": "delete",
  "[4~": "end",
  "[7~": "home",
  "[8~": "end",
  "[1;5C": "word-right",
  "[1;5D": "word-left",
  "[1;3C": "word-right",
  "[1;3D": "word-left",
  "[3;5~": "delete-word-right",
  "[3;3~": "delete-word-right",
  b: "word-left",
  f: "word-right",
  d: "delete-word-right",
  "\x7f": "delete-word",
  "\b": "delete-word",
};

const SEQUENCE = new RegExp(`^${"\x1b"}(?:\\[[0-9;?]*[ -/]*[@-~]|O[A-Za-z]|[^[O])`);

/** Cuts chunks into keys; a sequence may be spread over chunks. */
export class KeyDecoder {
  private rest = "";
  private afterReturn = false;

  /** Keys of the next chunk. Pasted text is typed text: bracketed or not, its lines are entered one by one. */
  decode(data: string): Key[] {
    const keys: Key[] = [];
    let text = "";
    const flush = () => {
      if (text !== "") keys.push({ kind: "text", text });
      text = "";
    };
    const source = this.rest + data;
    this.rest = "";
    let at = 0;
    while (at < source.length) {
      const character = source[at] ?? "";
      const returned = this.afterReturn;
      this.afterReturn = character === "\r";
      if (character === "\x1b") {
        flush();
        const sequence = SEQUENCE.exec(source.slice(at));
        if (!sequence) {
          this.rest = source.slice(at);
          break;
        }
        at += sequence[0].length;
        const name = SEQUENCES[sequence[0].slice(1)];
        if (name) keys.push({ kind: "key", name });
        continue;
      }
      at++;
      // A pasted line may end in CR LF.
      if (character === "\n" && returned) continue;
      // A tab among other characters was pasted: it is part of a text, such as a program.
      const name = character === "\t" && data.length > 1 ? undefined : CONTROLS[character];
      if (name) {
        flush();
        keys.push({ kind: "key", name });
      } else if (character >= " " || character === "\t") text += character;
    }
    flush();
    return keys;
  }
}

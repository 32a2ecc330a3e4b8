/** Cooked input: while a command reads the terminal, its lines are echoed, can be corrected, and arrive whole. */

import type { Source } from "./command";
import type { Key } from "./keys";
import { toBytes } from "./streams";
import { graphemes, textWidth } from "./width";

export class LineDiscipline implements Source {
  readonly isTerminal = true;
  private line = "";
  private reader: ((bytes: Uint8Array | undefined) => void) | undefined;

  /** `echo` shows text; `wanted` is called when a command begins to read. */
  constructor(
    private readonly echo: (text: string) => void,
    private readonly wanted: () => void,
  ) {}

  get isRead(): boolean {
    return this.reader !== undefined;
  }

  read(): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      this.reader = resolve;
      this.wanted();
    });
  }

  /** Takes one key of the person who types; only while a command reads. */
  key(key: Key): void {
    if (key.kind === "text") {
      this.line += key.text;
      this.echo(key.text);
      return;
    }
    switch (key.name) {
      case "enter":
        this.echo("\r\n");
        this.deliver(toBytes(`${this.line}\n`));
        break;
      case "end-of-file":
        // Ctrl-D hands over what there is: nothing means the end.
        this.deliver(this.line === "" ? undefined : toBytes(this.line));
        break;
      case "backspace": {
        const last = [...graphemes(this.line)].at(-1)?.text ?? "";
        this.erase(last.length);
        break;
      }
      case "delete-blank-word":
        this.erase(/\S*\s*$/.exec(this.line)?.[0].length ?? 0);
        break;
      case "kill-all":
        this.erase(this.line.length);
        break;
      case "tab":
        this.line += "\t";
        this.echo("\t");
        break;
      default:
        break;
    }
  }

  /** Nobody reads any more. */
  reset(): void {
    this.line = "";
    this.reader = undefined;
  }

  private erase(length: number): void {
    const gone = this.line.slice(this.line.length - length);
    this.line = this.line.slice(0, this.line.length - length);
    this.echo("\b \b".repeat(textWidth(gone)));
  }

  private deliver(bytes: Uint8Array | undefined): void {
    const { reader } = this;
    this.line = "";
    this.reader = undefined;
    reader?.(bytes);
  }
}

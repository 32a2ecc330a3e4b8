/** One terminal with a shell behind it: prompt, typing, running, Ctrl-C. */

import { complete } from "./completion";
import { type Key, KeyDecoder } from "./keys";
import { LineDiscipline } from "./line-discipline";
import { LineEditor } from "./line-editor";
import type { Shell } from "./shell";
import { TerminalOutput } from "./terminal-output";

export interface TerminalOptions {
  readonly shell: Shell;
  readonly columns: number;
  readonly rows: number;
  /** Bytes for the screen; a promise holds the writer back until it resolves. */
  output(bytes: Uint8Array): void | Promise<void>;
  /** The Git branch of a directory, for the prompt. */
  branch?(cwd: string): string | undefined;
  /** Replaces the whole prompt. */
  prompt?(shell: Shell): string;
}

/** A prompt for a line that continues another. */
const CONTINUATION = "> ";

export class TerminalSession {
  private readonly output: TerminalOutput;
  private readonly editor: LineEditor;
  private readonly stdin: LineDiscipline;
  private readonly decoder = new KeyDecoder();
  private readonly keys: Key[] = [];
  private columns: number;
  private rows: number;
  private running: AbortController | undefined;
  /** Lines entered so far of a command that goes on. */
  private entered = "";
  /** A prompt stands and waits for keys. */
  private editing = false;
  private disposed = false;

  constructor(private readonly options: TerminalOptions) {
    const { shell } = options;
    this.columns = Math.max(2, options.columns);
    this.rows = options.rows;
    this.output = new TerminalOutput((bytes) => options.output(bytes));
    this.editor = new LineEditor({
      write: (text) => this.output.draw(text),
      history: shell.history,
      complete: (text, cursor) => complete(shell, text, cursor),
    });
    this.stdin = new LineDiscipline(
      (text) => {
        // The row that is being typed belongs to the terminal, as output does.
        void this.output.write(text.replaceAll("\r\n", "\n"));
      },
      () => this.pump(),
    );
    this.ask();
  }

  /** Takes what the terminal sends: keys, escape sequences, pasted text. */
  input(data: string): void {
    if (this.disposed) return;
    for (const key of this.decoder.decode(data)) {
      if (this.running && key.kind === "key" && key.name === "interrupt") this.interrupt();
      else this.keys.push(key);
    }
    this.pump();
  }

  resize(columns: number, rows: number): void {
    this.columns = Math.max(2, columns);
    this.rows = rows;
    if (this.editing) this.editor.resize(this.columns);
  }

  /** Ends the session: what runs is interrupted, nothing is written any more. */
  dispose(): void {
    this.disposed = true;
    this.editing = false;
    this.running?.abort();
    this.keys.length = 0;
  }

  private interrupt(): void {
    // As a terminal does: what was typed ahead is dropped with the interrupted command.
    this.keys.length = 0;
    void this.output.write("^C");
    this.running?.abort();
  }

  /** Gives waiting keys to whoever takes them: the line editor, or a command that reads. */
  private pump(): void {
    while (this.keys.length > 0) {
      if (this.editing) {
        const key = this.keys.shift();
        if (key) this.edit(key);
      } else if (this.stdin.isRead) {
        const key = this.keys.shift();
        if (key) this.stdin.key(key);
      } else return;
    }
  }

  private edit(key: Key): void {
    const outcome = this.editor.key(key);
    if (outcome.kind === "editing") return;
    this.editing = false;
    if (outcome.kind === "interrupted") {
      this.entered = "";
      this.ask();
      return;
    }
    const source = this.entered === "" ? outcome.text : `${this.entered}\n${outcome.text}`;
    if (!this.options.shell.isComplete(source)) {
      this.entered = source;
      this.ask();
      return;
    }
    this.entered = "";
    void this.run(source);
  }

  private ask(): void {
    if (this.disposed) return;
    const { shell } = this.options;
    if (this.entered === "") this.output.draw(shell.finishedJobs().replaceAll("\n", "\r\n"));
    const row = this.output.takeRow();
    this.editing = true;
    this.editor.begin(row + (this.entered === "" ? this.prompt() : CONTINUATION), this.columns);
  }

  private async run(source: string): Promise<void> {
    const { shell } = this.options;
    const control = new AbortController();
    this.running = control;
    shell.remember(source);
    try {
      await shell.run(
        source,
        { stdin: this.stdin, stdout: this.output, stderr: this.output, columns: this.columns, rows: this.rows },
        control.signal,
      );
    } catch (error) {
      // The terminal outlives a bug of the shell: it is told and goes on.
      await this.output.write(`bash: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    this.running = undefined;
    this.stdin.reset();
    if (control.signal.aborted && !this.output.atLineStart) await this.output.write("\n");
    this.ask();
    this.pump();
    await this.output.flush();
  }

  private prompt(): string {
    const { shell, branch, prompt } = this.options;
    if (prompt) return prompt(shell);
    const home = shell.variable("HOME") ?? "";
    const { cwd } = shell;
    const inHome = home !== "" && (cwd === home || cwd.startsWith(`${home}/`));
    const path = inHome ? `~${cwd.slice(home.length)}` : cwd;
    const name = branch?.(cwd);
    const suffix = name === undefined ? "" : ` \x1b[33m(${name})\x1b[0m`;
    return `\x1b[1;34m${path}\x1b[0m${suffix} $ `;
  }
}

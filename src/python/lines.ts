/** Cuts what a program writes into lines. */

/** Characters after which a line is cut: Logplex does so at 10,000 bytes. */
const LONGEST_LINE = 10_000;

export class LineCutter {
  private readonly decoder = new TextDecoder();
  private rest = "";

  constructor(private readonly emit: (line: string) => void) {}

  write(bytes: Uint8Array): void {
    const lines = (this.rest + this.decoder.decode(bytes, { stream: true })).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.cut(line.replace(/\r$/, ""));
    while (this.rest.length > LONGEST_LINE) {
      this.emit(this.rest.slice(0, LONGEST_LINE));
      this.rest = this.rest.slice(LONGEST_LINE);
    }
  }

  /** The program ended: what has no newline counts as a line too. */
  end(): void {
    this.rest += this.decoder.decode();
    if (this.rest) this.cut(this.rest);
    this.rest = "";
  }

  private cut(line: string): void {
    for (let start = 0; start === 0 || start < line.length; start += LONGEST_LINE) {
      this.emit(line.slice(start, start + LONGEST_LINE));
    }
  }
}

/** How control leaves the ordinary order: loops, functions, the shell itself, and errors that end a command. */

export class BreakLoop extends Error {
  constructor(
    readonly kind: "break" | "continue",
    public levels: number,
  ) {
    super(kind);
  }
}

export class ReturnFromFunction extends Error {
  constructor(readonly status: number) {
    super("return");
  }
}

export class ExitShell extends Error {
  constructor(readonly status: number) {
    super("exit");
  }
}

/** An expansion or assignment that fails: its message goes to standard error, the command is not run. */
export class ExpansionError extends Error {
  constructor(
    message: string,
    /** `${x:?}` and `set -u` end a script, not only the command. */
    readonly fatal = false,
  ) {
    super(message);
  }
}

/** An expansion failed: the rest of its line is not run. The message was already printed. */
export class DiscardLine extends Error {
  constructor(readonly status: number) {
    super("discard line");
  }
}

/** How a command ends early: expected outcomes that carry their text and exit code up to `git()`. */

export class Failure extends Error {
  /** @param text what standard error gets, complete with newlines. */
  constructor(
    readonly text: string,
    readonly code: number,
  ) {
    super(text);
    this.name = "Failure";
  }
}

/** `fatal: …`, exit code 128. */
export class Fatal extends Failure {
  constructor(message: string, options: { readonly before?: string; readonly after?: string } = {}) {
    super(`${options.before ?? ""}fatal: ${message}\n${options.after ?? ""}`, 128);
  }
}

/** `error: …`, exit code 1 unless said otherwise. */
export class CommandError extends Failure {
  constructor(message: string, code = 1) {
    super(`error: ${message}\n`, code);
  }
}

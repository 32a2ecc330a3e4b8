/** What a step of the build gives back when it cannot go on. */

export interface Failure {
  readonly status: "failed";
  /** For the API and the exercises, e.g. `package-manager::none-found`; the names are the buildpack's own. */
  readonly reason: string;
  /** The lines of the error block; undefined when everything was written already. */
  readonly message: readonly string[] | undefined;
}

export function failure(reason: string, message?: readonly string[]): Failure {
  return { status: "failed", reason, message };
}

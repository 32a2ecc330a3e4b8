/** What a workspace may use. Each limit is reported by name when it is hit. */
export const LIMITS = {
  /** Bytes that the learner's files may hold together. */
  filesBytes: 100 * 1024 * 1024,
  /** Bytes that the platform's repositories may hold together. */
  repositoriesBytes: 200 * 1024 * 1024,
  /** Characters of terminal input that may wait. */
  terminalInput: 1_000_000,
  /** Milliseconds that a check's probe waits for the application. */
  probe: 5_000,
  /** Dynos that run at once, over all apps. */
  dynos: 4,
} as const;

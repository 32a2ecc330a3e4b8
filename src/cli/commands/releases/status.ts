/** What a release's status adds to its line. */

import type { Meaning } from "../../terminal/style";

export interface ReleaseStatus {
  /** Empty for a release that went well. */
  readonly text: string;
  readonly meaning: Meaning;
  /** How its number is painted. */
  readonly number: Meaning;
}

export function statusOf(status: string): ReleaseStatus {
  switch (status) {
    case "expired":
      return { text: "release expired", meaning: "inactive", number: "inactive" };
    case "failed":
      return { text: "release command failed", meaning: "failure", number: "failure" };
    case "pending":
      return { text: "release command executing", meaning: "warning", number: "warning" };
    default:
      return { text: "", meaning: "info", number: "name" };
  }
}

/** The command that somebody may have meant. */

import { CATALOGUE } from "./catalogue";
import { distance } from "./distance";

const CANDIDATES: readonly string[] = CATALOGUE.filter(({ hidden }) => !hidden).flatMap(({ id, aliases = [] }) => [
  id,
  ...aliases,
]);

/** The listed command whose name is nearest; of several the first of the catalogue. */
export function nearestCommand(word: string): string {
  // Whoever misspells something with `help` in it gets help, for whatever the rest is.
  if (word.includes("help")) return ["help", ...word.split(":").filter((part) => part !== "help")].join(":");
  let nearest = "";
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of CANDIDATES) {
    const far = distance(word, candidate);
    if (far < least) {
      nearest = candidate;
      least = far;
    }
  }
  return nearest;
}

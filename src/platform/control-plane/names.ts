/** Names of apps: the rule for them, and random ones. */

import type { Random } from "../ports";
import { done, invalid, type Outcome } from "./outcome";

const ADJECTIVES = [
  "ancient",
  "blooming",
  "calm",
  "cool",
  "damp",
  "deep",
  "dry",
  "fierce",
  "floating",
  "frozen",
  "gentle",
  "glacial",
  "hidden",
  "immense",
  "infinite",
  "intense",
  "limitless",
  "mighty",
  "misty",
  "morning",
  "murmuring",
  "mysterious",
  "peaceful",
  "polar",
  "powerful",
  "pure",
  "quiet",
  "rocky",
  "rugged",
  "safe",
  "secure",
  "serene",
  "shrouded",
  "silent",
  "still",
  "stormy",
  "thawing",
  "tranquil",
  "vast",
  "warm",
  "whispering",
  "wild",
];
const NOUNS = [
  "anchorage",
  "atoll",
  "badlands",
  "basin",
  "bastion",
  "bayou",
  "beach",
  "brook",
  "brushlands",
  "caverns",
  "chamber",
  "citadel",
  "cliffs",
  "cove",
  "crag",
  "depths",
  "dusk",
  "earth",
  "escarpment",
  "everglades",
  "falls",
  "fjord",
  "forest",
  "garden",
  "gorge",
  "harbor",
  "headland",
  "hollows",
  "island",
  "journey",
  "lake",
  "meadow",
  "mesa",
  "mountain",
  "oasis",
  "peak",
  "plains",
  "plateau",
  "ravine",
  "reef",
  "ridge",
  "river",
  "shelf",
  "shore",
  "spire",
  "springs",
  "stream",
  "summit",
  "tundra",
  "waters",
  "woodland",
];

/** E.g. `tranquil-basin-54519`. */
export function randomName(random: Random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random.next() * words.length)];
  return `${pick(ADJECTIVES)}-${pick(NOUNS)}-${10_000 + Math.floor(random.next() * 90_000)}`;
}

/** The platform's rule: `^[a-z][a-z0-9-]{1,28}[a-z0-9]$` of the API's schema. */
export function checkName(name: string): Outcome<string> {
  if (name.length < 3) return invalid("Name is too short (minimum is 3 characters)");
  if (name.length > 30) return invalid("Name is too long (maximum is 30 characters)");
  if (/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name)) return done(name);
  return invalid(
    "Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.",
  );
}

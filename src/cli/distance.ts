/** Letters count as the same whatever their case and accents, as in the comparison of the real command. */
const letters = new Intl.Collator("en", { sensitivity: "base" });

/** Edit distance (Levenshtein) between two short texts. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, character] of [...one].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const change = (row[column - 1] ?? 0) + (letters.compare(character, other[column - 1] ?? "") === 0 ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** Field splitting: from the pieces of an expanded word to its fields. */

import { quotePattern } from "./pattern";

/** A part of a word after expansion. */
export type Piece =
  /** Text as it is; `quoted` protects it from splitting and patterns. */
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  /** Pattern characters written by hand. */
  | { readonly kind: "pattern"; readonly pattern: string }
  /** The result of an unquoted expansion: split at IFS, its pattern characters count. */
  | { readonly kind: "split"; readonly text: string }
  /** Border between two elements of "$@". */
  | { readonly kind: "border" };

/** A word after splitting: as text, and as a pattern in which quoted characters are protected. */
export interface Field {
  text: string;
  pattern: string;
}

/** Splits the results of unquoted expansions at IFS. */
export function splitPieces(pieces: readonly Piece[], ifs: string): Field[] {
  const fields: Field[] = [];
  let field: Field | undefined;
  const add = (text: string, pattern: string) => {
    field ??= { text: "", pattern: "" };
    field.text += text;
    field.pattern += pattern;
  };
  const close = () => {
    if (field) fields.push(field);
    field = undefined;
  };
  for (const piece of pieces) {
    if (piece.kind === "border") close();
    else if (piece.kind === "text") add(piece.text, piece.quoted ? quotePattern(piece.text) : piece.text);
    else if (piece.kind === "pattern") add(piece.pattern, piece.pattern);
    else {
      for (const token of splitFields(piece.text, ifs, field !== undefined)) {
        if (token === undefined) close();
        else add(token, token.replaceAll("\\", "\\\\"));
      }
    }
  }
  close();
  return fields;
}

/**
 * Texts, and undefined where one field ends and the next begins.
 * White space of IFS separates in groups, every other character of it by itself; `open` tells that a field has begun.
 */
function* splitFields(text: string, ifs: string, open: boolean): IterableIterator<string | undefined> {
  let token = "";
  let inField = open;
  let afterSpace = false;
  for (const character of text) {
    if (!ifs.includes(character)) {
      token += character;
      inField = true;
      afterSpace = false;
      continue;
    }
    const space = /[ \t\n]/.test(character);
    if (inField) {
      if (token !== "") yield token;
      yield undefined;
      token = "";
      inField = false;
      afterSpace = space;
    } else if (!space) {
      // Spaces before it belong to the same separator; another one encloses an empty field.
      if (!afterSpace) {
        yield "";
        yield undefined;
      }
      afterSpace = false;
    }
  }
  if (token !== "") yield token;
}

/** The operations inside `${…}`. */

import type { ParameterOperation, Word } from "unbash";
import { textValue } from "./arithmetic";
import { ExpansionError } from "./control";
import type { Expander } from "./expand";
import { matches, patternSource } from "./pattern";

/** Applies an operation to a parameter's value (undefined when unset). */
export async function parameterOperation(
  operation: ParameterOperation,
  parameter: string,
  value: string | undefined,
  expander: Expander,
): Promise<string> {
  const text = value ?? "";
  switch (operation.type) {
    case "Default": {
      const present = value !== undefined && (value !== "" || !operation.operator.startsWith(":"));
      const operand = (word: Word) => expander.text(word);
      switch (operation.operator.replace(":", "")) {
        case "-":
          return present ? text : operand(operation.operand);
        case "+":
          return present ? operand(operation.operand) : "";
        case "=": {
          if (present) return text;
          const assigned = await operand(operation.operand);
          expander.arithmeticScope.set(parameter, assigned);
          return assigned;
        }
        default: {
          if (present) return text;
          const message = await operand(operation.operand);
          throw new ExpansionError(`${parameter}: ${message || "parameter null or not set"}`, true);
        }
      }
    }
    case "Remove": {
      const pattern = await expander.pattern(operation.operand);
      const lazy = operation.operator.length === 1;
      if (operation.operator.startsWith("#"))
        return text.replace(new RegExp(`^(?:${patternSource(pattern, { lazy })})`, "u"), "");
      return removeSuffix(text, pattern, lazy);
    }
    case "Replace": {
      const pattern = await expander.pattern(operation.pattern);
      const replacement = await expander.text(operation.replacement);
      if (pattern === "") return text;
      const source = patternSource(pattern);
      const expression =
        operation.operator === "//"
          ? new RegExp(source, "gu")
          : new RegExp(
              operation.operator === "/#" ? `^(?:${source})` : operation.operator === "/%" ? `(?:${source})$` : source,
              "u",
            );
      return text.replace(expression, () => replacement);
    }
    case "Slice": {
      const offset = Number(await textValue(await expander.text(operation.offset), expander.arithmeticScope));
      const characters = [...text];
      const start = offset < 0 ? characters.length + offset : offset;
      if (start < 0) return "";
      if (!operation.length) return characters.slice(start).join("");
      const length = Number(await textValue(await expander.text(operation.length), expander.arithmeticScope));
      const end = length < 0 ? characters.length + length : start + length;
      if (end < start) throw new ExpansionError(`${length}: substring expression < 0`);
      return characters.slice(start, end).join("");
    }
    case "CaseModification": {
      const pattern = operation.operand ? await expander.pattern(operation.operand) : "?";
      const upper = operation.operator.startsWith("^");
      const change = (character: string) =>
        matches(pattern === "" ? "?" : pattern, character)
          ? upper
            ? character.toUpperCase()
            : character.toLowerCase()
          : character;
      const characters = [...text];
      return operation.operator.length === 2
        ? characters.map(change).join("")
        : characters.map((character, index) => (index === 0 ? change(character) : character)).join("");
    }
    case "Transform": {
      const operator = await expander.text(operation.operand);
      if (operator === "Q") return `'${text.replaceAll("'", "'\\''")}'`;
      if (operator === "U") return text.toUpperCase();
      if (operator === "L") return text.toLowerCase();
      if (operator === "u") return text.slice(0, 1).toUpperCase() + text.slice(1);
      return text;
    }
    case "Names":
    case "Unknown":
      throw new ExpansionError(`\${${parameter}}: bad substitution`);
  }
}

/** A regular expression finds the leftmost match, but the shortest suffix starts furthest right. */
function removeSuffix(text: string, pattern: string, shortest: boolean): string {
  const starts = Array.from({ length: text.length + 1 }, (_, index) => index);
  for (const start of shortest ? starts.reverse() : starts) {
    if (matches(pattern, text.slice(start))) return text.slice(0, start);
  }
  return text;
}

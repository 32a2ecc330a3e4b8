/** Requirements as PEP 508 writes them, e.g. `Flask[async]>=3,<4; python_version > "3.9"`. */

import { type Marker, parseMarker } from "./markers";
import type { Operator, Specifier } from "./version";

export interface Requirement {
  /** As written. */
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifiers: readonly Specifier[];
  readonly marker: Marker | undefined;
  /** What follows ` @ `; such a requirement has no specifiers. */
  readonly url: string | undefined;
}

export type ParsedRequirement =
  | { readonly status: "parsed"; readonly requirement: Requirement }
  /**
   * `lines`: the reason, and under it the source with an arrow, as the `packaging` library words them.
   * `source`: the part that was read, without the marker.
   */
  | {
      readonly status: "invalid";
      readonly part: "requirement" | "marker";
      readonly source: string;
      readonly lines: readonly string[];
    };

const NAME = /[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/y;
const OPERATOR = /===|==|~=|!=|<=|>=|<|>/y;
const VERSION = /[A-Za-z0-9.!+_*-]+/y;
const EXACT_VERSION =
  /^v?(?:\d+!)?\d+(?:\.\d+)*(?:\.\*|(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?\d*)?(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?(?:[-_.]?dev[-_.]?\d*)?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?)/i;
const SPACE = /[ \t]*/y;
const URL_TEXT = /[^ \t]+/y;

/** Lower case, with one hyphen for every run of `-`, `_` and `.` (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** In the form in which pip prints it: extras and specifiers sorted, no spaces between them. */
export function formatRequirement({ name, extras, specifiers, marker, url }: Requirement): string {
  const extra = extras.length > 0 ? `[${[...extras].sort().join(",")}]` : "";
  const where = url === undefined ? formatSpecifiers(specifiers) : ` @ ${url}`;
  const when = marker ? `${url === undefined ? "" : " "}; ${marker.text}` : "";
  return `${name}${extra}${where}${when}`;
}

export function formatSpecifiers(specifiers: readonly Specifier[]): string {
  return specifiers
    .map(({ operator, version }) => operator + version)
    .sort()
    .join(",");
}

/** A specifier set on its own, e.g. `>=3.1,<4`; what cannot be read is left out. */
export function parseSpecifiers(text: string): readonly Specifier[] {
  const scanner = new Scanner(text);
  return scanner.specifiers().specifiers;
}

export function parseRequirement(text: string): ParsedRequirement {
  const scanner = new Scanner(text);
  const invalid = (message: string, start = scanner.position): ParsedRequirement => {
    const arrow = `${" ".repeat(start)}${"~".repeat(scanner.position - start)}^`;
    return { status: "invalid", part: "requirement", source: text, lines: [message, `    ${text}`, `    ${arrow}`] };
  };

  scanner.take(SPACE);
  const name = scanner.take(NAME);
  if (name === "") return invalid("Expected package name at the start of dependency specifier");
  scanner.take(SPACE);
  const extras: string[] = [];
  const bracket = scanner.position;
  if (scanner.skip("[")) {
    scanner.take(SPACE);
    for (let extra = scanner.take(NAME); extra !== ""; extra = scanner.take(NAME)) {
      extras.push(extra);
      scanner.take(SPACE);
      if (scanner.rest !== "" && /^[A-Za-z0-9]/.test(scanner.rest))
        return invalid("Expected comma between extra names");
      if (!scanner.skip(",")) break;
      scanner.take(SPACE);
    }
    if (!scanner.skip("]")) {
      return invalid("Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras", bracket);
    }
    scanner.take(SPACE);
  }

  if (scanner.skip("@")) {
    scanner.take(SPACE);
    const url = scanner.take(URL_TEXT);
    if (url === "") return invalid("Expected URL after @");
    scanner.take(SPACE);
    if (!scanner.done && !scanner.skip(";")) return invalid("Expected semicolon (after URL and whitespace) or end");
    return finish({ name, extras, specifiers: [], url });
  }

  const start = scanner.position;
  const parenthesised = scanner.skip("(");
  const { specifiers, wildcard } = scanner.specifiers();
  if (wildcard !== undefined) {
    return invalid(".* suffix can only be used with `==` or `!=` operators", wildcard);
  }
  if (parenthesised && !scanner.skip(")")) {
    return invalid("Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after version specifier", start);
  }
  scanner.take(SPACE);
  if (!scanner.done && !scanner.skip(";")) {
    const expected =
      specifiers.length > 0
        ? "Expected comma (within version specifier), semicolon (after version specifier) or end"
        : "Expected semicolon (after name with no version specifier) or end";
    return invalid(expected, start);
  }
  return finish({ name, extras, specifiers, url: undefined });

  function finish(requirement: Omit<Requirement, "marker">): ParsedRequirement {
    if (scanner.done) return { status: "parsed", requirement: { ...requirement, marker: undefined } };
    const source = text.slice(0, scanner.position - 1).trim();
    const marker = parseMarker(scanner.rest);
    if (marker.status === "invalid") return { ...marker, part: "marker", source };
    return { status: "parsed", requirement: { ...requirement, marker: marker.marker } };
  }
}

class Scanner {
  position = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  get rest(): string {
    return this.text.slice(this.position);
  }

  /** What a sticky expression matches here, and goes on behind it; empty if nothing. */
  take(expression: RegExp): string {
    expression.lastIndex = this.position;
    const found = expression.exec(this.text)?.[0] ?? "";
    this.position += found.length;
    return found;
  }

  skip(character: string): boolean {
    if (!this.text.startsWith(character, this.position)) return false;
    this.position += character.length;
    return true;
  }

  /** Stands before the first thing that is no specifier. `wildcard`: where a `.*` follows an operator that takes none. */
  specifiers(): { readonly specifiers: readonly Specifier[]; readonly wildcard?: number } {
    const specifiers: Specifier[] = [];
    for (;;) {
      this.take(SPACE);
      const before = this.position;
      const operator = this.take(OPERATOR);
      this.take(SPACE);
      const written = this.position;
      const word = operator === "" ? "" : this.take(VERSION);
      const version = operator === "===" ? word : (EXACT_VERSION.exec(word)?.[0] ?? "");
      this.position = written + version.length;
      if (!isOperator(operator) || version === "") {
        this.position = before;
        return { specifiers };
      }
      if (version.endsWith(".*") && operator !== "==" && operator !== "!=") {
        this.position -= 1;
        return { specifiers, wildcard: before };
      }
      specifiers.push({ operator, version });
      this.take(SPACE);
      if (!this.skip(",")) return { specifiers };
    }
  }
}

function isOperator(text: string): text is Operator {
  return ["==", "!=", "<=", ">=", "<", ">", "~=", "==="].includes(text);
}

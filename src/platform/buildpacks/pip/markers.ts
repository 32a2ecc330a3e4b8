/** Environment markers, e.g. `python_version >= "3.9" and sys_platform == "linux"` (PEP 508). */

import { parseVersion, satisfies } from "./version";

export interface Marker {
  /** As pip prints it: double quotes, single spaces. */
  readonly text: string;
  /** Whether it holds in `environment`, by variable. An unknown variable is the empty string. */
  holds(environment: Readonly<Record<string, string>>): boolean;
}

/** The variables of a build on x86-64 Linux. @param python exact version, e.g. `3.14.7` */
export function markerEnvironment(python: string): Readonly<Record<string, string>> {
  return {
    implementation_name: "cpython",
    implementation_version: python,
    os_name: "posix",
    platform_machine: "x86_64",
    platform_python_implementation: "CPython",
    platform_system: "Linux",
    python_full_version: python,
    python_version: python.split(".").slice(0, 2).join("."),
    sys_platform: "linux",
    extra: "",
  };
}

export type ParsedMarker =
  | { readonly status: "parsed"; readonly marker: Marker }
  /** The reason, and under it the source with an arrow. */
  | { readonly status: "invalid"; readonly lines: readonly string[] };

const TOKEN = /\s*(\(|\)|===|==|~=|!=|<=|>=|<|>|not\s+in\b|in\b|and\b|or\b|[A-Za-z_.]+|'[^']*'|"[^"]*")/y;
const VARIABLES: ReadonlySet<string> = new Set(
  Object.keys(markerEnvironment("0.0.0")).concat("platform_release", "platform_version"),
);
const NO_OPERAND = "Expected a marker variable or quoted string";
const NO_OPERATOR = "Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in";

interface Token {
  readonly text: string;
  /** Where it begins. */
  readonly start: number;
  readonly end: number;
}

/** @param text what follows the semicolon */
export function parseMarker(text: string): ParsedMarker {
  const source = text.trim();
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source)?.[1];
    // What is no token ends the list; the parser then misses something there.
    if (found === undefined) break;
    tokens.push({ text: found, start: TOKEN.lastIndex - found.length, end: TOKEN.lastIndex });
  }
  const parser = new Parser(tokens);
  const marker = parser.either();
  const whole = source.length === (tokens.at(-1)?.end ?? 0);
  if (marker && parser.done && whole) return { status: "parsed", marker };
  const reason = marker ? "Expected end of marker expression" : parser.reason;
  return { status: "invalid", lines: [reason, `    ${source}`, `    ${" ".repeat(parser.position)}^`] };
}

class Parser {
  /** What was missing when a part could not be read. */
  reason = NO_OPERAND;
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Where it stands in the source: at the next token, or behind the last. */
  get position(): number {
    return this.tokens[this.at]?.start ?? this.tokens.at(-1)?.end ?? 0;
  }

  either(): Marker | undefined {
    return this.chain("or", () => this.both());
  }

  private both(): Marker | undefined {
    return this.chain("and", () => this.atom());
  }

  private chain(word: "or" | "and", next: () => Marker | undefined): Marker | undefined {
    const parts: Marker[] = [];
    do {
      const part = next();
      if (!part) return undefined;
      parts.push(part);
    } while (this.skip(word));
    const [only] = parts;
    if (parts.length === 1) return only;
    return {
      text: parts.map((part) => part.text).join(` ${word} `),
      holds: (environment) =>
        word === "or" ? parts.some((part) => part.holds(environment)) : parts.every((part) => part.holds(environment)),
    };
  }

  private atom(): Marker | undefined {
    if (this.skip("(")) {
      const inner = this.either();
      return inner && this.skip(")") ? { ...inner, text: `(${inner.text})` } : undefined;
    }
    const left = this.take(isOperand, NO_OPERAND);
    const operator = left && this.take(isOperator, NO_OPERATOR)?.replace(/\s+/, " ");
    const right = operator && this.take(isOperand, NO_OPERAND);
    if (!left || !operator || !right) return undefined;
    return {
      text: `${print(left)} ${operator} ${print(right)}`,
      holds: (environment) => compare(value(left, environment), operator, value(right, environment)),
    };
  }

  /** Stays where it is when the next token is not what is wanted. */
  private take(wanted: (token: string) => boolean, reason: string): string | undefined {
    const token = this.tokens[this.at]?.text;
    if (token !== undefined && wanted(token)) {
      this.at += 1;
      return token;
    }
    this.reason = reason;
    return undefined;
  }

  private skip(word: string): boolean {
    if (this.tokens[this.at]?.text !== word) return false;
    this.at += 1;
    return true;
  }
}

function isOperand(token: string): boolean {
  return isQuoted(token) || VARIABLES.has(token);
}

function isOperator(token: string): boolean {
  return /^(?:===|==|~=|!=|<=|>=|<|>|in|not\s+in)$/.test(token);
}

function isQuoted(token: string): boolean {
  return token.startsWith('"') || token.startsWith("'");
}

function print(operand: string): string {
  return isQuoted(operand) ? `"${operand.slice(1, -1)}"` : operand;
}

function value(operand: string, environment: Readonly<Record<string, string>>): string {
  return isQuoted(operand) ? operand.slice(1, -1) : (environment[operand] ?? "");
}

/** As versions when both sides are versions, otherwise as text. */
function compare(left: string, operator: string, right: string): boolean {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  const version = parseVersion(left);
  if (version && parseVersion(right.replace(/\.\*$/, ""))) {
    switch (operator) {
      case "==":
      case "!=":
      case "<=":
      case ">=":
      case "<":
      case ">":
      case "~=":
      case "===":
        return satisfies(version, [{ operator, version: right }]);
      default:
        return false;
    }
  }
  if (operator === "==" || operator === "===") return left === right;
  if (operator === "!=") return left !== right;
  if (operator === "<") return left < right;
  if (operator === ">") return left > right;
  if (operator === "<=") return left <= right;
  return operator === ">=" && left >= right;
}

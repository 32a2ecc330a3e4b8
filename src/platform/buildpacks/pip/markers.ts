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

const TOKEN = /\s*(\(|\)|===|==|~=|!=|<=|>=|<|>|not\s+in\b|in\b|and\b|or\b|[A-Za-z_.]+|'[^']*'|"[^"]*")/y;

/** Undefined when the text is no marker. */
export function parseMarker(text: string): Marker | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const source = text.trim();
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  const parser = new Parser(tokens);
  const marker = parser.either();
  return parser.done ? marker : undefined;
}

class Parser {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
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
    const [left, operator, right] = [this.next(), this.next()?.replace(/\s+/, " "), this.next()];
    if (!isOperand(left) || operator === undefined || !isOperand(right)) return undefined;
    if (!/^(?:[<>=!~]=?=?|in|not in)$/.test(operator)) return undefined;
    return {
      text: `${print(left)} ${operator} ${print(right)}`,
      holds: (environment) => compare(value(left, environment), operator, value(right, environment)),
    };
  }

  private next(): string | undefined {
    const token = this.tokens[this.at];
    this.at += 1;
    return token;
  }

  private skip(word: string): boolean {
    if (this.tokens[this.at] !== word) return false;
    this.at += 1;
    return true;
  }
}

function isOperand(token: string | undefined): token is string {
  return token !== undefined && /^(?:["'].*["']|[A-Za-z_.]+)$/.test(token);
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

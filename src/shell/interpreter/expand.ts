/** Expansion of words: braces, tilde, parameters, commands, arithmetic, splitting, path names, quotes. */

import {
  type ArithmeticExpression,
  type BracketGlobPart,
  type DoubleQuotedChild,
  type ParameterExpansionPart,
  type ParsedScript,
  parse,
  type Word,
  type WordPart,
} from "unbash";
import type { FileTree } from "../../files/tree";
import { nameOrder } from "../collation";
import { type ArithmeticScope, evaluate, explained, textValue } from "./arithmetic";
import { expandBraces } from "./braces";
import { ExpansionError } from "./control";
import { type Field, type Piece, splitPieces } from "./fields";
import { parameterOperation } from "./parameter";
import { isPattern, matchingPaths, quotePattern, unquotePattern } from "./pattern";
import type { Variables } from "./variables";

/** What expansion needs of the shell. */
export interface ExpansionHost {
  readonly variables: Variables;
  readonly files: FileTree;
  readonly cwd: string;
  readonly positional: readonly string[];
  readonly options: ReadonlySet<string>;
  /** `$?`, `$$`, `$!`, `$0`, `$-`. */
  special(name: string): string | undefined;
  /** Standard output of a command substitution, newlines at the end still there. */
  substitute(script: ParsedScript): Promise<string>;
  /** Path that reads (or writes) what a process substitution gives. */
  processSubstitution(script: ParsedScript, operator: "<" | ">"): Promise<string>;
}

export class Expander {
  constructor(private readonly host: ExpansionHost) {}

  /** Words of a command line. */
  async words(words: readonly Word[]): Promise<string[]> {
    const result: string[] = [];
    for (const word of words) result.push(...(await this.word(word)));
    return result;
  }

  async word(word: Word): Promise<string[]> {
    if (!word.parts && !/[\\~]/.test(word.text)) return [word.text];
    const texts = word.parts?.some((part) => part.type === "BraceExpansion") ? expandBraces(word.text) : [word.text];
    const result: string[] = [];
    for (const text of texts) {
      const expanded = texts.length === 1 && text === word.text ? word : parseWord(text);
      const ifs = this.host.variables.text("IFS") ?? " \t\n";
      for (const field of splitPieces(await this.pieces(expanded), ifs)) result.push(...pathsOf(field, this.host));
    }
    return result;
  }

  /** One text, without splitting or path names: assignments, redirections, `case`, `[[ ]]`. */
  async text(word: Word): Promise<string> {
    return (await this.pieces(word)).map((piece) => pieceText(piece)).join("");
  }

  /** The value of an assignment: as `text`, and `~` counts after a colon too. */
  async value(word: Word): Promise<string> {
    if (!word.text.includes(":~")) return this.text(word);
    const home = this.host.variables.text("HOME") ?? "~";
    const text = word.text.replace(/:~(?=[/:]|$)/g, () => `:${home.replace(/[^\w./-]/g, "\\$&")}`);
    return this.text(parseWord(text));
  }

  /** One pattern: what is quoted stands for itself. */
  async pattern(word: Word): Promise<string> {
    const pieces = await this.pieces(word);
    return pieces
      .map((piece) =>
        piece.kind === "pattern"
          ? piece.pattern
          : piece.kind === "text" && piece.quoted
            ? quotePattern(piece.text)
            : pieceText(piece),
      )
      .join("");
  }

  /** Text of a here-document or of the inside of double quotes. */
  async quotedParts(parts: readonly (WordPart | DoubleQuotedChild)[]): Promise<string> {
    const pieces: Piece[] = [];
    for (const part of parts) pieces.push(...(await this.part(part, true)));
    return pieces.map((piece) => (piece.kind === "border" ? " " : pieceText(piece))).join("");
  }

  /** `text` is the expression's source and starts at `pos`, for messages. */
  async arithmetic(expression: ArithmeticExpression | undefined, text: string, pos: number): Promise<bigint> {
    return expression ? explained(text, pos, () => evaluate(expression, this.arithmeticScope)) : 0n;
  }

  /** Index of an array's element: a number, or the key of an associative array. */
  async index(name: string, word: Word): Promise<string> {
    if (this.host.variables.get(name)?.kind === "associative") return this.text(word);
    return String(await textValue(await this.text(word), this.arithmeticScope));
  }

  readonly arithmeticScope: ArithmeticScope = {
    get: (name) => {
      const item = /^(\w+)\[(.*)\]$/.exec(name);
      if (!item) return this.scalar(name);
      const value = this.host.variables.get(item[1] ?? "");
      if (value?.kind === "array") return value.items.get(Number(item[2]));
      return value?.kind === "associative" ? value.items.get(item[2] ?? "") : undefined;
    },
    set: (name, value) => {
      const item = /^(\w+)\[(.*)\]$/.exec(name);
      if (item) this.host.variables.setItem(item[1] ?? "", item[2] ?? "", value);
      else this.host.variables.setText(name, value);
    },
    expand: async (word) => {
      if (word.type === "ArithmeticCommandExpansion") {
        return word.script ? (await this.host.substitute(word.script)).replace(/\n+$/, "") : "0";
      }
      if (word.parts) return this.quotedParts(word.parts);
      // Plain `$x` comes without parts.
      if (!/[$`"'\\]/.test(word.value)) return word.value;
      return this.quotedParts(parseWord(`"${word.value.replaceAll('"', "")}"`).parts ?? []);
    },
  };

  /** A parameter by name: variable, positional or special; undefined when unset. */
  scalar(name: string): string | undefined {
    if (/^\d+$/.test(name)) return name === "0" ? this.host.special("0") : this.host.positional[Number(name) - 1];
    if (name === "#") return String(this.host.positional.length);
    if (name === "@" || name === "*") return this.host.positional.join(" ");
    return this.host.special(name) ?? this.host.variables.text(name);
  }

  private async pieces(word: Word): Promise<Piece[]> {
    const parts = word.parts;
    if (!parts) return this.literal(word.text, true);
    const pieces: Piece[] = [];
    for (const [index, part] of parts.entries()) {
      if (part.type === "Literal") pieces.push(...this.literal(part.text, index === 0));
      else pieces.push(...(await this.part(part, false)));
    }
    return pieces;
  }

  /** Unquoted text of the source: backslashes quote, `~` at the start is a home. */
  private literal(text: string, first: boolean): Piece[] {
    const pieces: Piece[] = [];
    let rest = text;
    const tilde = first ? /^~(\+|-)?(?=\/|$)/.exec(rest) : null;
    if (tilde) {
      const name = tilde[1] === "+" ? "PWD" : tilde[1] === "-" ? "OLDPWD" : "HOME";
      pieces.push({ kind: "text", text: this.host.variables.text(name) ?? tilde[0], quoted: true });
      rest = rest.slice(tilde[0].length);
    }
    for (const match of rest.matchAll(/\\([\s\S])|([^\\]+|\\$)/g)) {
      const [, escaped, plain = ""] = match;
      if (escaped === "\n") continue;
      if (escaped !== undefined) pieces.push({ kind: "text", text: escaped, quoted: true });
      else if (/[*?[\]]/.test(plain)) pieces.push({ kind: "pattern", pattern: plain });
      else pieces.push({ kind: "text", text: plain, quoted: false });
    }
    return pieces;
  }

  private async part(part: WordPart, quoted: boolean): Promise<Piece[]> {
    const result = (text: string): Piece[] => [quoted ? { kind: "text", text, quoted } : { kind: "split", text }];
    switch (part.type) {
      case "Literal":
        return [{ kind: "text", text: part.value, quoted }];
      case "Glob":
        return part.kind === "bracket" ? this.bracket(part) : [{ kind: "pattern", pattern: part.text }];
      case "ExtendedGlob":
        return [{ kind: "pattern", pattern: part.text }];
      case "BraceExpansion":
        return this.literal(part.text, false);
      case "SingleQuoted":
      case "AnsiCQuoted":
        return [{ kind: "text", text: part.value, quoted: true }];
      case "DoubleQuoted":
      case "LocaleString": {
        const pieces: Piece[] = [];
        for (const child of part.parts) pieces.push(...(await this.part(child, true)));
        // "" is a word, but "$@" without arguments is none.
        const onlyList = part.parts.length === 1 && pieces.length === 0;
        return onlyList ? [] : pieces.length > 0 ? pieces : [{ kind: "text", text: "", quoted: true }];
      }
      case "SimpleExpansion": {
        const name = part.text.slice(1);
        if (name === "@" || (name === "*" && !quoted)) return this.list(this.host.positional, quoted);
        if (name === "*") return result(this.host.positional.join(this.joiner()));
        return result(this.required(name, this.scalar(name)));
      }
      case "ParameterExpansion":
        return this.parameter(part, quoted);
      case "CommandExpansion":
        return result(part.script ? (await this.host.substitute(part.script)).replace(/\n+$/, "") : "");
      case "ArithmeticExpansion":
        return result(String(await this.arithmetic(part.expression, part.text.slice(3, -2), part.pos + 3)));
      case "ProcessSubstitution":
        return [
          {
            kind: "text",
            text: part.script ? await this.host.processSubstitution(part.script, part.operator) : "",
            quoted: true,
          },
        ];
    }
  }

  /** `[…]`, with the expansions and quotes inside. */
  private async bracket(part: BracketGlobPart): Promise<Piece[]> {
    if (part.parts.every(({ type }) => type === "Literal")) return [{ kind: "pattern", pattern: part.text }];
    const pieces: Piece[] = [{ kind: "pattern", pattern: "[" }];
    for (const inner of part.parts) {
      if (inner.type === "Literal") pieces.push({ kind: "pattern", pattern: inner.text });
      else pieces.push(...(await this.part(inner, false)));
    }
    return [...pieces, { kind: "pattern", pattern: "]" }];
  }

  private async parameter(part: ParameterExpansionPart, quoted: boolean): Promise<Piece[]> {
    const { variables, positional } = this.host;
    let { parameter } = part;
    const result = (text: string): Piece[] => [quoted ? { kind: "text", text, quoted } : { kind: "split", text }];
    if (part.prefix === "!" && part.operation?.type === "Names") {
      const names = variables.names().filter((name) => name.startsWith(parameter));
      return this.list(names, quoted);
    }
    const indexText = part.index?.text;
    const all = indexText === "@" || indexText === "*" || parameter === "@" || parameter === "*";
    if (part.prefix === "!" && all) {
      const value = variables.get(parameter);
      const keys =
        value?.kind === "array" || value?.kind === "associative"
          ? [...value.items.keys()].map(String)
          : value
            ? ["0"]
            : [];
      return this.list(keys, quoted);
    }
    if (part.prefix === "!") parameter = this.scalar(parameter) ?? "";

    if (all) {
      let items = indexText === undefined ? [...positional] : this.items(parameter);
      if (part.prefix === "#") return result(String(items.length));
      if (part.operation?.type === "Slice") {
        const offset = Number(await textValue(await this.text(part.operation.offset), this.arithmeticScope));
        const length =
          part.operation.length &&
          Number(await textValue(await this.text(part.operation.length), this.arithmeticScope));
        const source = indexText === undefined ? [this.host.special("0") ?? "", ...items] : items;
        const start = offset < 0 ? source.length + offset : offset;
        items = source.slice(start, length === undefined ? undefined : start + length);
        if (indexText === undefined && offset === 0) items = source.slice(0, length);
      } else if (part.operation) {
        const operation = part.operation;
        if (operation.type === "Default") {
          const text = await parameterOperation(
            operation,
            part.parameter,
            items.length > 0 ? items.join(" ") : undefined,
            this,
          );
          if (items.length === 0 || /\+/.test(operation.operator)) return result(text);
        } else {
          items = await Promise.all(items.map((item) => parameterOperation(operation, part.parameter, item, this)));
        }
      }
      const star = indexText === "*" || parameter === "*";
      return star && quoted ? result(items.join(this.joiner())) : this.list(items, quoted);
    }

    let value: string | undefined;
    if (part.index) {
      const key = await this.index(parameter, part.index);
      const stored = variables.get(parameter);
      if (stored?.kind === "associative") value = stored.items.get(key);
      else if (stored?.kind === "array") {
        const last = Math.max(-1, ...stored.items.keys());
        value = stored.items.get(Number(key) < 0 ? last + 1 + Number(key) : Number(key));
      } else value = Number(key) === 0 ? stored?.text : undefined;
    } else value = this.scalar(parameter);

    if (part.prefix === "#") return result(String([...(value ?? "")].length));
    if (!part.operation) return result(this.required(parameter, value));
    if (part.operation.type === "Default" && !quoted) {
      // The operand keeps its own quotes: ${x:-"a b"} is one word.
      const present = value !== undefined && (value !== "" || !part.operation.operator.startsWith(":"));
      const operator = part.operation.operator.replace(":", "");
      if ((operator === "-" && !present) || (operator === "+" && present)) {
        return (await this.pieces(part.operation.operand)).map((piece) =>
          piece.kind === "text" && !piece.quoted ? { kind: "split", text: piece.text } : piece,
        );
      }
    }
    return result(await parameterOperation(part.operation, part.parameter, value, this));
  }

  /** `set -u` */
  private required(name: string, value: string | undefined): string {
    if (value === undefined && this.host.options.has("nounset") && !/^[@*#?$!0-]$/.test(name)) {
      throw new ExpansionError(`${/^\d+$/.test(name) ? `$${name}` : name}: unbound variable`, true);
    }
    return value ?? "";
  }

  private items(name: string): string[] {
    const value = this.host.variables.get(name);
    if (!value) return [];
    return value.kind === "string" ? [value.text] : [...value.items.values()];
  }

  private joiner(): string {
    const ifs = this.host.variables.text("IFS");
    return ifs === undefined ? " " : ifs.slice(0, 1);
  }

  private list(items: readonly string[], quoted: boolean): Piece[] {
    return items.flatMap((text, index): Piece[] => [
      ...(index > 0 ? [{ kind: "border" } as const] : []),
      quoted ? { kind: "text", text, quoted } : { kind: "split", text },
    ]);
  }
}

/** Names of files that match a field; the field itself if none do. */
function pathsOf({ text, pattern }: Field, host: ExpansionHost): string[] {
  if (host.options.has("noglob") || !isPattern(pattern)) return [text];
  const found = matchingPaths(host.files, host.cwd, pattern, nameOrder(host.variables.environment()));
  return found.length > 0 ? found : [unquotePattern(pattern)];
}

function pieceText(piece: Piece): string {
  if (piece.kind === "border") return " ";
  return piece.kind === "pattern" ? piece.pattern : piece.text;
}

/** Parses the text of one word, as brace expansion makes it. */
function parseWord(text: string): Word {
  const command = parse(`: ${text}`).commands[0]?.command;
  const word = command?.type === "Command" ? command.args[0] : undefined;
  if (word?.type === "Word") return word;
  return { type: "Word", text, value: text, pos: 0, end: text.length, parts: undefined };
}

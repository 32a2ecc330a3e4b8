/** Syntax errors in bash's words, and whether a text wants more lines. */

import { forEachChild, type ParsedScript, parse, type SyntaxNode } from "unbash";

export interface SyntaxFault {
  /** E.g. "syntax error near unexpected token `)'". */
  readonly message: string;
  readonly pos: number;
  /** More lines could mend it. */
  readonly incomplete: boolean;
}

const CLOSERS: readonly (readonly [RegExp, string])[] = [
  [/double quote/, '"'],
  [/single quote|ANSI/i, "'"],
  [/backtick|backquote/i, "`"],
  [/parameter expansion/, "}"],
  [/./, ")"],
];

/** The first thing that is wrong with a script, or undefined. */
export function syntaxFault(script: ParsedScript, source: string): SyntaxFault | undefined {
  const errors = allErrors(script);
  const first = errors[0];
  if (!first) return undefined;
  const unexpected = errors.some(({ message }) => message.startsWith("unexpected"));
  if (first.message.startsWith("unterminated")) {
    const closer = CLOSERS.find(([name]) => name.test(first.message))?.[1] ?? ")";
    return {
      message: `unexpected EOF while looking for matching \`${closer}'`,
      pos: first.pos,
      incomplete: !unexpected,
    };
  }
  if (/^expected '(?:then|do)'$/.test(first.message) && !errors.some(({ message }) => message.includes("to close"))) {
    // The parser has gone past the closing word, which is what came too early.
    const word = /\S+\s*$/.exec(source.slice(0, first.pos))?.[0].trim() ?? "newline";
    return { message: near(word), pos: first.pos, incomplete: false };
  }
  // An empty group is blamed on what follows its opening.
  const token = tokenAt(source, first.message.startsWith("expected command in") ? first.pos + 1 : first.pos);
  if (first.message === "expected redirect target") {
    return { message: near(token ?? "newline"), pos: first.pos, incomplete: false };
  }
  if (token === undefined) {
    return { message: "syntax error: unexpected end of file", pos: source.length, incomplete: !unexpected };
  }
  return { message: near(token), pos: first.pos, incomplete: false };
}

function near(token: string): string {
  return `syntax error near unexpected token \`${token}'`;
}

/** The token at a position; undefined at the end of the source. */
function tokenAt(source: string, pos: number): string | undefined {
  const rest = source.slice(pos).replace(/^[ \t]+/, "");
  if (/^(?:\s|#[^\n]*)*$/.test(rest)) return undefined;
  if (rest.startsWith("\n")) return "newline";
  return /^(?:;;&|;;|;&|&&|\|\||\|&|<<<|<<-|<<|>>|>&|<&|>\||&>|[;&|()<>]|[^\s;&|()<>]+)/.exec(rest)?.[0];
}

function allErrors(script: ParsedScript): { message: string; pos: number }[] {
  const errors = [...(script.errors ?? [])];
  visit(script, (node) => {
    if (node.type !== "CommandExpansion" && node.type !== "ProcessSubstitution") return;
    const { script: inner, pos } = node;
    // A script in backticks counts its positions in a text of its own: its start is blamed.
    for (const error of inner?.errors ?? []) errors.push(inner?.source === undefined ? error : { ...error, pos });
  });
  return errors.sort((a, b) => a.pos - b.pos);
}

function visit(node: SyntaxNode, callback: (node: SyntaxNode) => void): void {
  callback(node);
  forEachChild(node, (child) => visit(child, callback));
}

/** False when a person who typed this surely wants to go on: open quotes, here-documents, `|`, `do` … */
export function isComplete(source: string): boolean {
  const trimmed = source.replace(/\n$/, "");
  const script = parse(trimmed);
  let open = false;
  visit(script, (node) => {
    if (node.type === "HereDoc" && !node.closing) open = true;
  });
  if (open) return false;
  const fault = syntaxFault(script, trimmed);
  if (fault) return !fault.incomplete;
  const backslashes = /\\+$/.exec(trimmed)?.[0].length ?? 0;
  return backslashes % 2 === 0 || isComment(trimmed);
}

function isComment(source: string): boolean {
  return /(^|\s)#[^\n]*$/.test(source);
}

/** The Procfile's command as `bash -c` would take it: a list of simple commands, expanded one by one as they run. */

import { type Assignment, type PipelineNode, parse, type Word, type WordPart } from "unbash";

/** What stands between a command and the one before it. */
export type Connector = "first" | ";" | "&&" | "||";

export interface SimpleCommand {
  readonly connector: Connector;
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  /** An assignment among the arguments is one word: `export A=1`. */
  readonly words: readonly (Word | Assignment)[];
}

export type CommandLine =
  | { readonly status: "parsed"; readonly commands: readonly SimpleCommand[] }
  /** Text for the log: of bash when bash would refuse it too, else ours. */
  | { readonly status: "refused"; readonly message: string };

function refuse(what: string): CommandLine {
  return { status: "refused", message: `El dyno simulado no entiende ${what} en la orden del Procfile.` };
}

/** The words of an assignment's value; none for an array's. */
function valuesOf({ value }: Assignment): Word[] {
  return value.type === "Word" ? [value] : [];
}

/** @param text e.g. `gunicorn --bind 0.0.0.0:$PORT app:app` */
export function parseCommandLine(text: string): CommandLine {
  const script = parse(text);
  const error = script.errors?.[0];
  if (error) return { status: "refused", message: `bash: line 1: syntax error: ${error.message}` };
  const commands: SimpleCommand[] = [];
  for (const statement of script.commands) {
    if (statement.background) return refuse("«&»");
    const { command } = statement;
    const parts: readonly PipelineNode[] = command.type === "AndOr" ? command.commands : [command];
    for (const [at, node] of parts.entries()) {
      if (node.type !== "Command") return refuse(node.type === "Pipeline" ? "«|»" : "esta construcción de bash");
      if (node.redirects.length > 0) return refuse("las redirecciones");
      const operator = command.type === "AndOr" ? command.operators[at - 1] : undefined;
      const prefix = node.prefix.filter((entry): entry is Assignment => entry.type === "Assignment");
      const assignments = prefix.flatMap(({ name, value }) => (value.type === "Word" ? [{ name, value }] : []));
      const words = [...(node.name ? [node.name] : []), ...node.args];
      const texts = [...words, ...prefix].flatMap((entry) => (entry.type === "Word" ? [entry] : valuesOf(entry)));
      const unsupported = texts.map(unknownPart).find(Boolean);
      if (unsupported) return refuse(`«${unsupported}»`);
      commands.push({ connector: operator ?? (commands.length === 0 ? "first" : ";"), assignments, words });
    }
  }
  return { status: "parsed", commands };
}

type Expansion = { readonly name: string; readonly fallback: Word | undefined };

/** `$NAME`, `${NAME}` and `${NAME:-default}`; undefined for what is not one of them. */
function expansionOf(part: WordPart): Expansion | undefined {
  if (part.type === "SimpleExpansion") return { name: part.text.slice(1), fallback: undefined };
  if (part.type !== "ParameterExpansion" || part.prefix || part.index) return undefined;
  if (!part.operation) return { name: part.parameter, fallback: undefined };
  const { operation } = part;
  const isDefault = operation.type === "Default" && (operation.operator === ":-" || operation.operator === "-");
  return isDefault ? { name: part.parameter, fallback: operation.operand } : undefined;
}

/** The text of the first part of a word that cannot be expanded here. */
function unknownPart(word: Word): string | undefined {
  for (const part of word.parts ?? []) {
    const inside = part.type === "DoubleQuoted" ? part.parts : [part];
    for (const one of inside) {
      const known = ["Literal", "SingleQuoted", "AnsiCQuoted", "Glob", "LocaleString"].includes(one.type);
      if (!known && !expansionOf(one)) return one.text;
    }
  }
  return undefined;
}

function textOf(part: WordPart, env: Readonly<Record<string, string>>): string {
  const expansion = expansionOf(part);
  if (expansion) {
    const value = env[expansion.name];
    return value || !expansion.fallback ? (value ?? "") : joined(expansion.fallback, env);
  }
  if (part.type === "DoubleQuoted") return part.parts.map((inner) => textOf(inner, env)).join("");
  return "value" in part && typeof part.value === "string" ? part.value : part.text;
}

function joined(word: Word, env: Readonly<Record<string, string>>): string {
  return word.parts ? word.parts.map((part) => textOf(part, env)).join("") : word.value;
}

/** One word may give several fields, or none: unquoted expansions are split at white space. */
export function expandWord(word: Word | Assignment, env: Readonly<Record<string, string>>): string[] {
  if (word.type === "Assignment") return valuesOf(word).map((value) => `${word.name}=${joined(value, env)}`);
  if (!word.parts) return [word.value];
  const fields: string[] = [];
  let open: string | undefined;
  for (const part of word.parts) {
    const value = textOf(part, env);
    if (!expansionOf(part)) {
      open = (open ?? "") + value;
      continue;
    }
    const pieces = value.split(/\s+/);
    for (const [at, piece] of pieces.entries()) {
      if (at > 0 && open !== undefined) {
        fields.push(open);
        open = undefined;
      }
      if (piece) open = (open ?? "") + piece;
    }
  }
  if (open !== undefined) fields.push(open);
  return fields;
}

/** The value of an assignment: expanded, never split. */
export function expandValue(word: Word, env: Readonly<Record<string, string>>): string {
  return joined(word, env);
}

/** Arithmetic of `$((…))`, `((…))`, array indices: 64-bit integers, C operators. */

import { type ArithmeticExpression, parse } from "unbash";
import { ExpansionError } from "./control";

/** What an expression can reach. */
export interface ArithmeticScope {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  /** Expands `$x`, `$(…)` inside a word of the expression. */
  expand(
    word: Extract<ArithmeticExpression, { type: "ArithmeticWord" | "ArithmeticCommandExpansion" }>,
  ): Promise<string>;
}

/** What is wrong with an expression; `token` is the text, or the position, where it is. */
export class ArithmeticFault extends Error {
  constructor(
    message: string,
    readonly token: string | number,
  ) {
    super(message);
  }
}

/** Runs `body`; a fault becomes bash's message about the expression `text`, which starts at `pos`. */
export async function explained(text: string, pos: number, body: () => Promise<bigint>): Promise<bigint> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof ArithmeticFault)) throw error;
    const token = typeof error.token === "string" ? error.token : text.slice(error.token - pos).trim();
    throw new ExpansionError(`${text.trimStart()}: ${error.message} (error token is "${token}")`);
  }
}

const ASSIGNMENT = /^(?:[-+*/%&|^]|<<|>>)?=$/;
const MAX_DEPTH = 50;

export async function evaluate(expression: ArithmeticExpression, scope: ArithmeticScope, depth = 0): Promise<bigint> {
  if (depth > MAX_DEPTH) throw new ArithmeticFault("expression recursion level exceeded", expression.pos);
  const value = (inner: ArithmeticExpression) => evaluate(inner, scope, depth);
  switch (expression.type) {
    case "ArithmeticGroup":
      return value(expression.expression);
    case "ArithmeticTernary":
      return (await value(expression.test)) !== 0n ? value(expression.consequent) : value(expression.alternate);
    case "ArithmeticWord":
    case "ArithmeticCommandExpansion":
      return textValue(await scope.expand(expression), scope, depth);
    case "ArithmeticUnary": {
      if (expression.operator === "++" || expression.operator === "--") {
        const name = await target(expression.operand, scope);
        const old = await textValue(scope.get(name) ?? "0", scope, depth);
        const changed = wrap(expression.operator === "++" ? old + 1n : old - 1n);
        scope.set(name, String(changed));
        return expression.prefix ? changed : old;
      }
      const operand = await value(expression.operand);
      if (expression.operator === "-") return wrap(-operand);
      if (expression.operator === "!") return operand === 0n ? 1n : 0n;
      if (expression.operator === "~") return wrap(~operand);
      return operand;
    }
    case "ArithmeticBinary": {
      const { operator } = expression;
      if (expression.right.type === "ArithmeticWord" && expression.right.value === "") {
        throw new ArithmeticFault("syntax error: operand expected", expression.left.end);
      }
      if (operator === "&&")
        return (await value(expression.left)) !== 0n && (await value(expression.right)) !== 0n ? 1n : 0n;
      if (operator === "||")
        return (await value(expression.left)) !== 0n || (await value(expression.right)) !== 0n ? 1n : 0n;
      if (ASSIGNMENT.test(operator)) {
        const name = await target(expression.left, scope);
        const right = await value(expression.right);
        const old = operator === "=" ? 0n : await textValue(scope.get(name) ?? "0", scope, depth);
        const result = operator === "=" ? right : binary(operator.slice(0, -1), old, right, expression.right.pos);
        scope.set(name, String(result));
        return result;
      }
      const left = await value(expression.left);
      return binary(operator, left, await value(expression.right), expression.right.pos);
    }
  }
}

/** Value of a text such as an array's index or a variable's content. */
export async function textValue(text: string, scope: ArithmeticScope, depth = 0): Promise<bigint> {
  const trimmed = text.trim();
  if (trimmed === "") return 0n;
  const number = literal(trimmed);
  if (number !== undefined) return number;
  if (/^[A-Za-z_]\w*(\[.*\])?$/.test(trimmed)) {
    const content = scope.get(trimmed) ?? "";
    if (depth > MAX_DEPTH) throw new ArithmeticFault("expression recursion level exceeded", trimmed);
    return textValue(content, scope, depth + 1);
  }
  const parsed = parse(`((${trimmed}))`);
  const command = parsed.commands[0]?.command;
  if (parsed.errors?.length || command?.type !== "ArithmeticCommand" || !command.expression) {
    throw new ArithmeticFault("syntax error: operand expected", trimmed);
  }
  const { expression } = command;
  return explained(trimmed, 2, () => evaluate(expression, scope, depth + 1));
}

function literal(text: string): bigint | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text) || /^[1-9]\d*$|^0$/.test(text)) return wrap(BigInt(text));
  if (/^0\d+$/.test(text)) {
    if (/[89]/.test(text)) throw new ArithmeticFault("value too great for base", text);
    return wrap(BigInt(`0o${text.slice(1)}`));
  }
  const based = /^(\d+)#([0-9a-zA-Z@_]+)$/.exec(text);
  if (!based) return undefined;
  const [, base = "", digits = ""] = based;
  return [...digits.toLowerCase()].reduce((sum, digit) => sum * BigInt(base) + BigInt(Number.parseInt(digit, 36)), 0n);
}

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

async function target(expression: ArithmeticExpression, scope: ArithmeticScope): Promise<string> {
  if (expression.type === "ArithmeticGroup") return target(expression.expression, scope);
  if (expression.type === "ArithmeticWord" && /^[A-Za-z_]\w*(\[.*\])?$/.test(expression.value)) return expression.value;
  throw new ArithmeticFault("attempted assignment to non-variable", expression.end);
}

function binary(operator: string, left: bigint, right: bigint, pos: number): bigint {
  const truth = (condition: boolean) => (condition ? 1n : 0n);
  switch (operator) {
    case "+":
      return wrap(left + right);
    case "-":
      return wrap(left - right);
    case "*":
      return wrap(left * right);
    case "/":
    case "%":
      if (right === 0n) throw new ArithmeticFault("division by 0", pos);
      return wrap(operator === "/" ? left / right : left % right);
    case "**":
      if (right < 0n) throw new ArithmeticFault("exponent less than 0", pos);
      return wrap(left ** right);
    case "<<":
      return wrap(left << (right & 63n));
    case ">>":
      return wrap(left >> (right & 63n));
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "<":
      return truth(left < right);
    case ">":
      return truth(left > right);
    case "<=":
      return truth(left <= right);
    case ">=":
      return truth(left >= right);
    case "==":
      return truth(left === right);
    case "!=":
      return truth(left !== right);
    case ",":
      return right;
    default:
      throw new ArithmeticFault("syntax error: invalid arithmetic operator", operator);
  }
}

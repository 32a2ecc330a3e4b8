/** `[[ … ]]`: no splitting, patterns at the right of `==`, regular expressions at the right of `=~`. */

import type { TestExpression } from "unbash";
import { InvalidPattern, posixExpression } from "../regular-expression";
import { textValue } from "./arithmetic";
import { binary, compare, unary } from "./conditions";
import type { Interpreter } from "./interpreter";
import { matches } from "./pattern";
import type { Frame } from "./state";

/** Returns 0 or 1, or 2 for a bad regular expression. */
export async function testExpression(
  expression: TestExpression,
  frame: Frame,
  interpreter: Interpreter,
): Promise<number> {
  const expander = interpreter.expander(frame);
  const { files } = interpreter.world;
  const status = (truth: boolean) => (truth ? 0 : 1);
  switch (expression.type) {
    case "TestGroup":
      return testExpression(expression.expression, frame, interpreter);
    case "TestNot": {
      const inner = await testExpression(expression.operand, frame, interpreter);
      return expression.negations.length % 2 === 0 || inner > 1 ? inner : status(inner !== 0);
    }
    case "TestLogical": {
      let result = 0;
      for (const operand of expression.operands) {
        result = await testExpression(operand, frame, interpreter);
        if (expression.operator === "&&" ? result !== 0 : result === 0) return result;
      }
      return result;
    }
    case "TestUnary":
      return status(unary(expression.operator, await expander.text(expression.operand), frame, files));
    case "TestBinary": {
      const { operator } = expression;
      const left = await expander.text(expression.left);
      if (operator === "=~") {
        return match(left, await expander.pattern(expression.right), frame);
      }
      if (operator === "==" || operator === "=" || operator === "!=") {
        return status(matches(await expander.pattern(expression.right), left) === (operator !== "!="));
      }
      const right = await expander.text(expression.right);
      if (/^-(eq|ne|lt|le|gt|ge)$/.test(operator)) {
        const scope = expander.arithmeticScope;
        return status(compare(operator, await textValue(left, scope), await textValue(right, scope)));
      }
      return status(binary(operator, left, right, frame, files));
    }
  }
}

function match(text: string, pattern: string, { state }: Frame): number {
  try {
    const flags = state.options.has("nocasematch") ? "i" : "";
    const found = posixExpression(pattern, true, flags).exec(text);
    const groups = found ? [...found].map((group, index): [number, string] => [index, group ?? ""]) : [];
    state.variables.set("BASH_REMATCH", { kind: "array", items: new Map(groups) });
    return found ? 0 : 1;
  } catch (error) {
    if (error instanceof InvalidPattern) return 2;
    throw error;
  }
}

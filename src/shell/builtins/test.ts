/** `test` and `[`. */

import { BINARY, binary, NotANumber, UNARY, unary } from "../interpreter/conditions";
import { complain, type Frame } from "../interpreter/state";
import type { World } from "../interpreter/world";
import type { Builtin } from "./builtin";

class TestSyntax extends Error {}

/** Recursive descent; the number of arguments decides first, as POSIX wants. */
class TestParser {
  private at = 0;
  constructor(
    private readonly args: readonly string[],
    private readonly frame: Frame,
    private readonly world: World,
  ) {}

  evaluate(): boolean {
    const { args } = this;
    if (args.length === 0) return false;
    if (args.length === 1) return args[0] !== "";
    if (args.length === 3 && BINARY.has(args[1] ?? ""))
      return this.compare(args[1] ?? "", args[0] ?? "", args[2] ?? "");
    if (args.length === 2 && args[0] !== "!" && !UNARY.has(args[0] ?? "")) {
      throw new TestSyntax(`${args[0]}: unary operator expected`);
    }
    if (args.length === 3 && !["!", "("].includes(args[0] ?? "") && !["-a", "-o"].includes(args[1] ?? "")) {
      throw new TestSyntax(`${args[1]}: binary operator expected`);
    }
    const value = this.or();
    if (this.at < args.length) throw new TestSyntax("too many arguments");
    return value;
  }

  private or(): boolean {
    let value = this.and();
    while (this.args[this.at] === "-o") {
      this.at++;
      const right = this.and();
      value = value || right;
    }
    return value;
  }

  private and(): boolean {
    let value = this.not();
    while (this.args[this.at] === "-a") {
      this.at++;
      const right = this.not();
      value = value && right;
    }
    return value;
  }

  private not(): boolean {
    if (this.args[this.at] === "!" && this.at + 1 < this.args.length) {
      this.at++;
      return !this.not();
    }
    return this.primary();
  }

  private primary(): boolean {
    const [first, second, third] = this.args.slice(this.at, this.at + 3);
    if (first === undefined) throw new TestSyntax("argument expected");
    if (first === "(") {
      this.at++;
      const value = this.or();
      if (this.args[this.at] !== ")") throw new TestSyntax("`)' expected");
      this.at++;
      return value;
    }
    if (second !== undefined && third !== undefined && BINARY.has(second)) {
      this.at += 3;
      return this.compare(second, first, third);
    }
    if (second !== undefined && UNARY.has(first)) {
      this.at += 2;
      return unary(first, second, this.frame, this.world.files);
    }
    this.at++;
    return first !== "";
  }

  private compare(operator: string, left: string, right: string): boolean {
    return binary(operator, left, right, this.frame, this.world.files);
  }
}

const test: Builtin = async ({ name, args, frame, interpreter }) => {
  let operands = args;
  try {
    if (name === "[") {
      if (args.at(-1) !== "]") throw new TestSyntax("missing `]'");
      operands = args.slice(0, -1);
    }
    return new TestParser(operands, frame, interpreter.world).evaluate() ? 0 : 1;
  } catch (error) {
    if (error instanceof NotANumber) await complain(frame, `${name}: ${error.message}: integer expression expected`);
    else if (error instanceof TestSyntax) await complain(frame, `${name}: ${error.message}`);
    else throw error;
    return 2;
  }
};

export const testBuiltins = { test, "[": test };

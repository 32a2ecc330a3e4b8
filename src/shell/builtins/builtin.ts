/** A builtin runs inside the shell: it may change the shell's state. */

import type { Interpreter } from "../interpreter/interpreter";
import type { Frame } from "../interpreter/state";

export interface BuiltinCall {
  /** As it was called. */
  readonly name: string;
  readonly args: readonly string[];
  readonly frame: Frame;
  readonly interpreter: Interpreter;
}

/** Returns the exit code. */
export type Builtin = (call: BuiltinCall) => Promise<number>;

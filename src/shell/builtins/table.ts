/** All builtins by name. */

import type { Builtin } from "./builtin";
import { controlBuiltins } from "./control";
import { directoryBuiltins } from "./directory";
import { helpBuiltins } from "./help";
import { jobBuiltins } from "./jobs";
import { lookupBuiltins } from "./lookup";
import { outputBuiltins } from "./output";
import { processBuiltins } from "./processes";
import { readBuiltins } from "./read";
import { testBuiltins } from "./test";
import { variableBuiltins } from "./variables";

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>(
  Object.entries({
    ...controlBuiltins,
    ...directoryBuiltins,
    ...helpBuiltins,
    ...jobBuiltins,
    ...lookupBuiltins,
    ...outputBuiltins,
    ...processBuiltins,
    ...readBuiltins,
    ...testBuiltins,
    ...variableBuiltins,
  }),
);

/** Files and devices as inputs of commands. */

import { FileError, resolvePath } from "../../files/tree";
import type { CommandContext, Source } from "../command";
import { bytesSource, NULL_SOURCE } from "../streams";

/** Opens an operand: a path, or `-` for the standard input. Throws FileError. */
export function openInput(context: CommandContext, operand: string): Source {
  if (operand === "-" || operand === "/dev/stdin" || operand === "/dev/fd/0") return context.stdin;
  if (operand === "/dev/null") return NULL_SOURCE;
  return bytesSource(context.files.readFile(pathOf(context, operand)));
}

/** Absolute path of an operand; one that ends in a slash must be a directory. Throws FileError. */
export function pathOf({ cwd, files }: CommandContext, operand: string): string {
  if (operand === "") throw new FileError("ENOENT", operand);
  const path = resolvePath(cwd, operand);
  if (operand.endsWith("/") && files.exists(path) && !files.isDirectory(path)) throw new FileError("ENOTDIR", path);
  return path;
}

/** Runs `body`; a failure of the file tree becomes the line that `message` makes of errno's text. Returns success. */
export async function attempt(
  context: CommandContext,
  body: () => void | Promise<void>,
  message: (reason: string) => string,
): Promise<boolean> {
  try {
    await body();
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await context.stderr.write(`${message(error.reason)}\n`);
    return false;
  }
}

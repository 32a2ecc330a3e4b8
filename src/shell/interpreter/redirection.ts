/** Redirections: which descriptor reads or writes what, for one command. */

import type { Redirection, WordPart } from "unbash";
import { FileError, type FileTree, resolvePath } from "../../files/tree";
import { bytesSource, fileSink, NULL_SINK, NULL_SOURCE, PushbackSource, toBytes } from "../streams";
import { ExpansionError } from "./control";
import type { Expander } from "./expand";
import type { Descriptor, Descriptors, Frame } from "./state";

/** A redirection that cannot be made: the command is not run, its status is 1. */
export class RedirectionError extends Error {}

/** The descriptors of `frame` changed by `redirections`, from left to right. */
export async function redirect(
  redirections: readonly Redirection[],
  frame: Frame,
  files: FileTree,
  expander: Expander,
): Promise<Descriptors> {
  if (redirections.length === 0) return frame.descriptors;
  const descriptors = new Map(frame.descriptors);
  for (const redirection of redirections) await apply(redirection, descriptors, frame, files, expander);
  return descriptors;
}

async function apply(
  redirection: Redirection,
  descriptors: Map<number, Descriptor>,
  frame: Frame,
  files: FileTree,
  expander: Expander,
): Promise<void> {
  const reads = redirection.type !== "Redirect" || redirection.operator.startsWith("<");
  const given = redirection.descriptor?.type === "FileDescriptor" ? redirection.descriptor.value : undefined;
  const descriptor = given ?? (reads ? 0 : 1);

  if (redirection.type === "HereDoc") {
    const { body, delimiter, operator } = redirection;
    const parts = delimiter?.quoted ? undefined : body.parts;
    const indented = operator === "<<-";
    if (parts) descriptors.set(descriptor, input(await expander.quotedParts(indented ? withoutTabs(parts) : parts)));
    else descriptors.set(descriptor, input(indented ? body.text.replace(/^\t+/gm, "") : body.text));
    return;
  }
  if (!redirection.target) throw new RedirectionError("syntax error near unexpected token `newline'");
  if (redirection.type === "HereString") {
    descriptors.set(descriptor, input(`${await expander.text(redirection.target)}\n`));
    return;
  }

  const words = await expander.word(redirection.target);
  const target = words[0];
  if (target === undefined || words.length !== 1) {
    throw new RedirectionError(`${redirection.target.text}: ambiguous redirect`);
  }
  const { operator } = redirection;
  if ((operator === ">&" || operator === "<&") && /^(\d+-?|-)$/.test(target)) {
    duplicate(target, descriptor, descriptors);
    return;
  }
  const both = operator === "&>" || operator === "&>>" || (operator === ">&" && given === undefined);
  const opened = open(operator, target, descriptors, frame, files);
  descriptors.set(descriptor, opened);
  if (both) descriptors.set(2, opened);
}

/** `<<-` takes the tabs away at the start of each line. */
function withoutTabs(parts: readonly WordPart[]): WordPart[] {
  return parts.map((part, index) => {
    if (part.type !== "Literal") return part;
    const value = part.value.replace(/\n\t+/g, "\n");
    return { ...part, value: index === 0 ? value.replace(/^\t+/, "") : value };
  });
}

function input(text: string): Descriptor {
  return { source: new PushbackSource(bytesSource(toBytes(text))) };
}

function duplicate(target: string, descriptor: number, descriptors: Map<number, Descriptor>): void {
  if (target === "-") {
    descriptors.delete(descriptor);
    return;
  }
  const from = Number.parseInt(target, 10);
  const copied = descriptors.get(from);
  if (!copied) throw new RedirectionError(`${from}: Bad file descriptor`);
  descriptors.set(descriptor, copied);
  if (target.endsWith("-")) descriptors.delete(from);
}

function open(operator: string, target: string, descriptors: Descriptors, frame: Frame, files: FileTree): Descriptor {
  const device = openDevice(target, descriptors);
  if (device) return device;
  if (target === "") throw new RedirectionError(": No such file or directory");
  const path = resolvePath(frame.state.cwd, target);
  try {
    if (target.endsWith("/") && operator !== "<" && !files.isDirectory(path)) throw new FileError("EISDIR", path);
    if (operator === "<") return { source: new PushbackSource(bytesSource(files.readFile(path))) };
    if (operator === "<>") {
      if (!files.exists(path)) files.writeFile(path, "");
      const source = new PushbackSource(bytesSource(files.readFile(path)));
      return { source, sink: fileSink(files, path, false) };
    }
    if (files.isDirectory(path)) throw new FileError("EISDIR", path);
    const append = operator.endsWith(">>");
    if (!append && operator !== ">|" && frame.state.options.has("noclobber") && files.exists(path)) {
      throw new RedirectionError(`${target}: cannot overwrite existing file`);
    }
    return { sink: fileSink(files, path, !append) };
  } catch (error) {
    if (error instanceof FileError) throw new RedirectionError(`${target}: ${error.reason}`);
    throw error;
  }
}

/** The devices that a shell needs; the tree holds none. */
function openDevice(target: string, descriptors: Descriptors): Descriptor | undefined {
  if (target === "/dev/null") return { source: new PushbackSource(NULL_SOURCE), sink: NULL_SINK };
  if (target === "/dev/tty") return descriptors.get(255) ?? descriptors.get(2);
  const number = /^\/dev\/(?:fd\/(\d+)|(stdin)|(stdout)|(stderr))$/.exec(target);
  if (!number) return undefined;
  const descriptor = number[1] ? Number(number[1]) : number[2] ? 0 : number[3] ? 1 : 2;
  const found = descriptors.get(descriptor);
  if (!found) throw new RedirectionError(`${target}: No such file or directory`);
  return found;
}

export function isExpected(error: unknown): error is RedirectionError | ExpansionError {
  return error instanceof RedirectionError || error instanceof ExpansionError;
}

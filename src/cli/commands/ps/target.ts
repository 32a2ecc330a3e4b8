/** What `ps:restart` and `ps:stop` act on: a dyno, all dynos of a process type, or all. */

import type { ArgSpec, FlagSpec, Input } from "../../command";

export type Target =
  | { readonly kind: "dyno"; readonly name: string }
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "all" };

/** @param verb for the help, e.g. `restart` */
export function targetFlags(verb: string): readonly FlagSpec[] {
  return [
    { name: "dyno-name", char: "d", kind: "string", description: `name of the dyno to ${verb}` },
    {
      name: "process-type",
      char: "p",
      kind: "string",
      description: `name of the process type to ${verb}`,
      exclusive: ["dyno-name"],
    },
  ];
}

export function targetArgs(verb: string): readonly ArgSpec[] {
  return [{ name: "dyno", description: `name of the dyno to ${verb}` }];
}

/** Warns of the argument, which is the old way to name a dyno. */
export async function readTarget({ args, flags, print }: Input): Promise<Target> {
  const type = flags.text("process-type");
  if (type) return { kind: "type", type };
  const name = flags.text("dyno-name") || args.dyno;
  if (!name) return { kind: "all" };
  if (args.dyno) {
    const [dyno, process] = ["--dyno-name", "--process-type"].map((flag) => print.paint("code", flag));
    await print.warn(`DYNO is a deprecated argument. Use ${dyno} or ${process} instead.`);
  }
  return { kind: "dyno", name };
}

export function describeTarget({ print }: Input, target: Target): string {
  switch (target.kind) {
    case "dyno":
      return `dyno ${print.paint("name", target.name)}`;
    case "type":
      return `all ${print.paint("info", target.type)} dynos`;
    case "all":
      return "all dynos";
  }
}

/** Below `/apps/NAME`. */
export function pathOfTarget(target: Target): string {
  switch (target.kind) {
    case "dyno":
      return `/dynos/${encodeURIComponent(target.name)}`;
    case "type":
      return `/formations/${encodeURIComponent(target.type)}`;
    case "all":
      return "/dynos";
  }
}

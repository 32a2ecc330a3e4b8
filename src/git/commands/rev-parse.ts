import { resolvePath } from "../../files/tree";
import { Fatal } from "../failures";
import { type GitCommand, shortRef } from "../invocation";
import { ambiguous, expandRef, findRevision } from "../revision";

/** `git rev-parse [--show-toplevel | --git-dir | --is-inside-work-tree | --abbrev-ref | --short | --verify] [<rev>…]` */
export const revParse: GitCommand = async (run) => {
  const repository = run.repository();
  let abbreviate = false;
  let short = 0;
  let verify = false;
  let quiet = false;
  for (const argument of run.args) {
    if (argument === "--abbrev-ref") abbreviate = true;
    else if (argument === "--verify") verify = true;
    else if (argument === "-q" || argument === "--quiet") quiet = true;
    else if (argument === "--short" || argument.startsWith("--short=")) short = Number(argument.slice(8)) || 7;
    else if (argument === "--show-toplevel") await run.out(`${repository.place.root}\n`);
    else if (argument === "--show-prefix") await run.out(`${repository.prefix}\n`);
    else if (argument === "--is-inside-work-tree") await run.out("true\n");
    else if (argument === "--is-bare-repository") await run.out("false\n");
    else if (argument === "--git-dir") await run.out(`${repository.prefix === "" ? ".git" : repository.gitdir}\n`);
    else if (argument === "--absolute-git-dir") await run.out(`${resolvePath("/", repository.gitdir)}\n`);
    else {
      const oid = await findRevision(repository, argument);
      if (oid === undefined) {
        if (quiet) return 1;
        if (verify) throw new Fatal("Needed a single revision");
        await run.out(`${argument}\n`);
        throw ambiguous(argument);
      }
      if (abbreviate) await run.out(`${abbreviated(run, argument)}\n`);
      else await run.out(`${short > 0 ? oid.slice(0, short) : oid}\n`);
    }
  }
  return 0;
};

function abbreviated(run: Parameters<GitCommand>[0], name: string): string {
  const repository = run.repository();
  const head = repository.head();
  if (name === "HEAD" || name === "@") return head.kind === "branch" ? shortRef(head.ref) : "HEAD";
  const ref = expandRef(repository, name);
  return ref ? shortRef(ref) : "";
}

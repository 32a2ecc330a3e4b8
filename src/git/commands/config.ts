import { type ConfigEntry, ConfigFile } from "../config-file";
import { CommandError, Failure, Fatal } from "../failures";
import type { GitCommand, Invocation } from "../invocation";
import { parseOptions } from "../options";
import { findRepository } from "../repository";

const USAGE = `usage: git config list [<file-option>] [<display-option>]
   or: git config get [<file-option>] [<display-option>] <name>
   or: git config set [<file-option>] <name> <value>
   or: git config unset [<file-option>] <name>
`;

/** `git config [--global | --local] [--list | --get | --unset | --add] [<name> [<value>]]`, and the subcommands of Git 2.46. */
export const config: GitCommand = async (run) => {
  const options = parseOptions(
    run.args,
    {
      global: {},
      local: {},
      system: {},
      list: { short: "l" },
      get: {},
      "get-all": {},
      add: {},
      unset: {},
      "unset-all": {},
      "show-origin": {},
      "name-only": {},
      edit: { short: "e" },
      "remove-section": {},
    },
    USAGE,
  );
  const [first, ...others] = options.rest;
  const subcommand = ["list", "get", "set", "unset"].find((each) => each === first);
  const rest = subcommand ? others : options.rest;
  const [name, value] = rest;
  if (options.has("list") || subcommand === "list") {
    const entries = options.has("local")
      ? ownEntries(run, "local")
      : options.has("global")
        ? ownEntries(run, "global")
        : allEntries(run);
    await run.out(
      entries
        .map((entry) => (options.has("name-only") ? `${entry.name}\n` : `${entry.name}=${entry.value}\n`))
        .join(""),
    );
    return 0;
  }
  if (options.has("edit")) {
    throw new Failure("error: Terminal is dumb, but EDITOR unset\n", 1);
  }
  if (name === undefined) throw new Failure(USAGE, 129);
  const scope = options.has("global") ? "global" : options.has("local") ? "local" : undefined;
  if (options.has("remove-section")) {
    let found = false;
    edit(run, scope ?? "local", (file) => {
      found = file.removeSection(name);
    });
    if (!found) throw new Fatal(`no such section: ${name}`);
    return 0;
  }
  checkName(name, value === undefined ? 1 : 2);
  if (options.has("unset") || options.has("unset-all") || subcommand === "unset") {
    let found = false;
    edit(run, scope ?? "local", (file) => {
      found = file.unset(name);
    });
    return found ? 0 : 5;
  }
  if (value === undefined || subcommand === "get" || options.has("get") || options.has("get-all")) {
    if (subcommand === "set") throw new Failure("error: wrong number of arguments, should be 2\n", 129);
    const found = scope ? ConfigFile.read(run.files, pathOf(run, scope)).get(name) : run.config(name);
    if (found === undefined) return 1;
    await run.out(`${found}\n`);
    return 0;
  }
  if (scope === "local") pathOf(run, scope);
  edit(run, scope ?? "local", (file) => {
    if (options.has("add")) file.add(name, value);
    else file.set(name, value);
  });
  return 0;
};

function checkName(name: string, code: number): void {
  if (!name.includes(".")) throw new CommandError(`key does not contain a section: ${name}`, code);
  if (name.endsWith(".")) throw new CommandError(`key does not contain variable name: ${name}`, code);
  if (!/^[A-Za-z0-9.-]+$/.test(name.slice(0, name.indexOf("."))) || !/\.[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
    throw new CommandError(`invalid key: ${name}`, 1);
  }
}

function pathOf(run: Invocation, scope: "global" | "local"): string {
  if (scope === "global") return run.globalConfigPath;
  const place = findRepository(run.files, run.cwd);
  if (!place) throw new Fatal("--local can only be used inside a git repository");
  return `${place.gitdir}/config`;
}

function ownEntries(run: Invocation, scope: "global" | "local"): ConfigEntry[] {
  return ConfigFile.read(run.files, pathOf(run, scope)).entries();
}

function allEntries(run: Invocation): ConfigEntry[] {
  return [...ownEntries(run, "global"), ...(findRepository(run.files, run.cwd) ? ownEntries(run, "local") : [])];
}

function edit(run: Invocation, scope: "global" | "local", change: (file: ConfigFile) => void): void {
  if (scope === "local" && !findRepository(run.files, run.cwd)) throw new Fatal("not in a git directory");
  const path = pathOf(run, scope);
  const file = ConfigFile.read(run.files, path);
  change(file);
  run.files.writeFile(path, file.toString());
}

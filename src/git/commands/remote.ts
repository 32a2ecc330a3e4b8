import { ConfigFile } from "../config-file";
import { CommandError, Failure } from "../failures";
import type { GitCommand, Invocation } from "../invocation";
import { parseOptions } from "../options";
import { deleteRef, listRefs, writeRef } from "../refs";
import { editConfig, remotesOf, removeRemote } from "../repository";

const USAGE = `usage: git remote [-v | --verbose]
   or: git remote add [-f] <name> <url>
   or: git remote rename <old> <new>
   or: git remote remove <name>
   or: git remote get-url <name>
   or: git remote set-url <name> <newurl>
`;

/** `git remote [-v] [add | remove | rename | set-url | get-url] …` */
export const remote: GitCommand = async (run) => {
  const options = parseOptions(run.args, { verbose: { short: "v" } }, USAGE);
  const [action, ...args] = options.rest;
  const repository = run.repository();
  const remotes = remotesOf(ConfigFile.read(repository.files, `${repository.gitdir}/config`));
  const known = (name: string): boolean => remotes.some((each) => each.name === name);
  switch (action) {
    case undefined: {
      const lines = options.has("verbose")
        ? remotes.flatMap(({ name, url }) => [`${name}\t${url} (fetch)\n`, `${name}\t${url} (push)\n`])
        : remotes.map(({ name }) => `${name}\n`);
      await run.out(lines.join(""));
      return 0;
    }
    case "add": {
      const [name, url, ...more] = args;
      if (name === undefined || url === undefined || more.length > 0) {
        throw new Failure("usage: git remote add [<options>] <name> <url>\n", 129);
      }
      if (!/^[^\s~^:?*[\\.][^\s~^:?*[\\]*$/.test(name) || name.includes("..") || name.endsWith("/")) {
        throw new Failure(`fatal: '${name}' is not a valid remote name\n`, 128);
      }
      if (known(name)) throw new CommandError(`remote ${name} already exists.`, 3);
      editConfig(repository.files, repository.place, (config) => {
        config.set(`remote.${name}.url`, url);
        config.set(`remote.${name}.fetch`, `+refs/heads/*:refs/remotes/${name}/*`);
      });
      return 0;
    }
    case "remove":
    case "rm": {
      const [name] = args;
      if (name === undefined) throw new Failure("usage: git remote remove <name>\n", 129);
      if (!removeRemote(repository.files, run.cwd, name)) throw new CommandError(`No such remote: '${name}'`, 2);
      return 0;
    }
    case "rename": {
      const [from, to] = args;
      if (from === undefined || to === undefined) {
        throw new Failure("usage: git remote rename [--[no-]progress] <old> <new>\n", 129);
      }
      if (!known(from)) throw new CommandError(`No such remote: '${from}'`, 2);
      if (known(to)) throw new CommandError(`remote ${to} already exists.`, 3);
      rename(run, from, to);
      return 0;
    }
    case "get-url": {
      const [name] = args;
      if (name === undefined) throw new Failure("usage: git remote get-url [--push] [--all] <name>\n", 129);
      const found = remotes.find((each) => each.name === name);
      if (!found) throw missing(name);
      await run.out(`${found.url}\n`);
      return 0;
    }
    case "set-url": {
      const [name, url] = args;
      if (name === undefined || url === undefined) {
        throw new Failure("usage: git remote set-url [--push] <name> <newurl> [<oldurl>]\n", 129);
      }
      if (!known(name)) throw missing(name);
      editConfig(repository.files, repository.place, (config) => config.set(`remote.${name}.url`, url));
      return 0;
    }
    default:
      throw new Failure(`error: unknown subcommand: \`${action}'\n${USAGE}`, 129);
  }
};

function missing(name: string): CommandError {
  return new CommandError(`No such remote '${name}'`, 2);
}

function rename(run: Invocation, from: string, to: string): void {
  const repository = run.repository();
  editConfig(repository.files, repository.place, (config) => {
    config.renameSection(`remote.${from}`, `remote.${to}`);
    config.set(`remote.${to}.fetch`, `+refs/heads/*:refs/remotes/${to}/*`);
    for (const { name, value } of config.entries()) {
      if (/^branch\..+\.remote$/.test(name) && value === from) config.set(name, to);
    }
  });
  for (const [ref, oid] of listRefs(repository.files, repository.gitdir, `refs/remotes/${from}/`)) {
    writeRef(repository.files, repository.gitdir, ref.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`), oid);
    deleteRef(repository.files, repository.gitdir, ref);
  }
}

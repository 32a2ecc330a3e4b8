/** `git` and `heroku` as commands of the shell: each gets the ports that it asks for. */

import { heroku } from "../../cli/heroku";
import type { CliContext } from "../../cli/ports";
import { git } from "../../git/git";
import type { GitHttp } from "../../git/ports";
import { findRepository, listRemotes, removeRemote, setRemote } from "../../git/repository";
import type { Api } from "../../platform/api/http";
import type { Command, CommandContext, Sink, Source } from "../../shell/command";

export interface CommandPorts {
  readonly api: Api;
  readonly gitHttp: GitHttp;
  /** Shows an address of an application. */
  open(url: string): void;
  /** Milliseconds since the epoch, by the platform's clock. */
  now(): number;
}

/** The commands that this engine adds to the shell's own. */
export function sandboxCommands(ports: CommandPorts): Record<string, Command> {
  return {
    git: (context) =>
      git({
        args: context.args,
        stdout: output(context.stdout),
        stderr: output(context.stderr),
        cwd: context.cwd,
        env: context.env,
        files: context.files,
        http: ports.gitHttp,
        now: ports.now,
        signal: context.signal,
      }),
    heroku: (context) => heroku(cliContext(context, ports)),
  };
}

function output(sink: Sink) {
  return { isTerminal: sink.isTerminal, write: (chunk: string) => sink.write(chunk) };
}

function cliContext(context: CommandContext, ports: CommandPorts): CliContext {
  const { files, cwd, stdin, stderr } = context;
  return {
    args: context.args,
    terminal: {
      stdout: output(context.stdout),
      stderr: output(stderr),
      columns: context.columns,
      async ask(prompt) {
        if (!stdin.isTerminal) return undefined;
        await stderr.write(prompt);
        return readLine(stdin);
      },
    },
    git: {
      remotes: async () => (findRepository(files, cwd) ? listRemotes(files, cwd) : undefined),
      setRemote: async (name, url) => void setRemote(files, cwd, name, url),
      removeRemote: async (name) => void removeRemote(files, cwd, name),
    },
    browser: { open: async (url) => ports.open(url) },
    api: ports.api,
    env: context.env,
    now: ports.now,
    signal: context.signal,
  };
}

/** One line without its newline; undefined at the end of input. A terminal hands over whole lines. */
async function readLine(source: Source): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let line = "";
  for (;;) {
    const chunk = await source.read();
    if (!chunk) return line === "" ? undefined : line;
    line += decoder.decode(chunk, { stream: true });
    const end = line.indexOf("\n");
    if (end >= 0) return line.slice(0, end);
  }
}

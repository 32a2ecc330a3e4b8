/** A Git server over its own tree, with a platform whose builds the test conducts. */

import { FileTree } from "../../../src/files/tree";
import type { GitHttp } from "../../../src/git/ports";
import type { BuildPlatform } from "../../../src/git-server/ports";
import { GitServer } from "../../../src/git-server/server";
import { GitSourceTree } from "../../../src/git-server/source-tree";
import type { BuildRequest, BuildResult } from "../../../src/platform/platform";
import type { BuildOutput } from "../../../src/platform/ports";

export type Build = (request: BuildRequest, output: BuildOutput, signal: AbortSignal) => Promise<BuildResult>;

export function serverDouble(build: Build, apps: readonly string[] = ["hola-flask"]) {
  const files = new FileTree();
  const builds: BuildRequest[] = [];
  const platform: BuildPlatform = {
    app: (name) => {
      const at = apps.indexOf(name);
      return at < 0 ? undefined : { id: `id-${at}`, name, host: `${name}.herokuapp.com` };
    },
    build: (request, output, signal) => {
      builds.push(request);
      return build(request, output, signal ?? new AbortController().signal);
    },
  };
  const server = new GitServer({ files, platform });
  const http: GitHttp = (request, signal) => {
    if (!request.url.startsWith("https://git.heroku.com/")) return Promise.reject(new TypeError("unknown host"));
    return server.handle(request, signal);
  };
  return { files, server, http, builds, source: new GitSourceTree(files) };
}

export const accepting: Build = async (_request, output) => {
  output.line("-----> Building on the Heroku-26 stack");
  output.line("");
  output.line("       Released v3");
  return { status: "built", release: 3, slug: "slug" };
};

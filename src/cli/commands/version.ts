/** `heroku version`: only its help; the word itself is answered before any command is looked for. */

import type { CommandSpec } from "../command";
import { VERSION } from "../version";

export const version: CommandSpec = {
  id: "version",
  flags: [
    { name: "json", kind: "boolean", description: "Format output as json.", global: true },
    {
      name: "verbose",
      kind: "boolean",
      description: "Show additional information about the CLI.",
      details:
        "Additionally shows the architecture, node version, operating system, and versions of plugins that the CLI is using.",
    },
  ],
  async run({ print }) {
    await print.out(VERSION);
    return 0;
  },
};

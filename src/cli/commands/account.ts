/** `heroku whoami`, `heroku regions`. */

import { z } from "zod";
import { type CommandSpec, JSON_FLAG } from "../command";

export const whoami: CommandSpec = {
  name: "auth:whoami",
  aliases: ["whoami"],
  summary: "display the current logged in user",
  async run({ api, print }) {
    const { email } = await api.get(z.object({ email: z.string() }), "/account");
    await print.out(print.colour("user", email));
    return 0;
  },
};

const region = z.object({ name: z.string(), description: z.string() });

export const regions: CommandSpec = {
  name: "regions",
  summary: "list available regions for deployment",
  flags: [JSON_FLAG],
  async run({ flags, api, print }) {
    const list = await api.get(z.array(region), "/regions");
    const sorted = [...list].sort((one, other) => (one.name < other.name ? -1 : 1));
    if (flags.has("json")) await print.out(JSON.stringify(sorted, null, 2));
    else
      await print.table(
        ["ID", "Location", "Runtime"],
        sorted.map(({ name, description }) => [name, description, "Common Runtime"]),
      );
    return 0;
  },
};

/** `heroku regions`. */

import { z } from "zod";
import { type CommandSpec, PROMPT_FLAG } from "../command";
import { regionShape } from "../shapes";

export const regions: CommandSpec = {
  id: "regions",
  description: "list available regions for deployment",
  flags: [
    PROMPT_FLAG,
    { name: "common", kind: "boolean", description: "show regions for common runtime" },
    { name: "json", kind: "boolean", description: "output in json format" },
    { name: "private", kind: "boolean", description: "show regions for private spaces" },
  ],
  async run({ flags, api, print }) {
    const all = await api.get(z.array(regionShape), "/regions");
    const shown = flags.has("private")
      ? all.filter((region) => region.private_capable)
      : all.filter((region) => !flags.has("common") || !region.private_capable);
    const sorted = [...shown].sort(
      (one, other) => Number(one.private_capable) - Number(other.private_capable) || (one.name < other.name ? -1 : 1),
    );
    if (flags.has("json")) await print.json(sorted);
    else {
      await print.table(
        [
          { title: "ID", cell: ({ name }) => print.paint("name", name) },
          { title: "Location", cell: ({ description }) => description },
          { title: "Runtime", cell: (region) => (region.private_capable ? "Private Spaces" : "Common Runtime") },
        ],
        sorted,
      );
    }
    return 0;
  },
};

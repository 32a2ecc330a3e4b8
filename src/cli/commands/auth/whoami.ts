/** `heroku whoami`. */

import type { CommandSpec } from "../../command";
import { accountShape } from "../../shapes";

export const whoami: CommandSpec = {
  id: "auth:whoami",
  description: "display the current logged in user",
  async run({ api, print }) {
    const { email } = await api.get(accountShape, "/account");
    await print.out(email);
    return 0;
  },
};

/** `heroku ps:scale`. */

import { z } from "zod";
import { type CommandSpec, type Input, PROMPT_FLAG, REMOTE_FLAG, REQUIRED_APP } from "../../command";
import { CliError } from "../../failure";
import { formationShape } from "../../shapes";

/** `web=2`, `worker+1`, `web-1:standard-1x`. */
const CHANGE = /^([\w-]+)([=+-]\d+)(?::([\w-]+))?$/;

export const scale: CommandSpec = {
  id: "ps:scale",
  description:
    "scale dyno quantity up or down\nAppending a size (eg. web=2:Standard-2X) allows simultaneous scaling and resizing.\n\nOmitting any arguments will display the app's current dyno formation, in a\nformat suitable for passing back into ps:scale.\n",
  variadic: true,
  flags: [PROMPT_FLAG, REQUIRED_APP, REMOTE_FLAG],
  examples: [
    " $ heroku ps:scale web=3:Standard-2X worker+1 --app APP \nScaling dynos... done, now running web at 3:Standard-2X, worker at 1:Standard-1X.",
    " $ heroku ps:scale --app APP \nweb=3:Standard-2X worker=1:Standard-1X",
  ],
  async run(input) {
    const { app, api, print } = input;
    const changes = readChanges(input);
    // Words that say nothing are not an error: the formation is shown.
    if (changes.length === 0) return showFormation(input);
    await print.action("Scaling dynos", async () => {
      const updates = await absolute(input, changes);
      const formation = await api.call(z.array(formationShape), "PATCH", `/apps/${app}/formation`, {
        body: { updates },
      });
      const running = formation
        .filter(({ type }) => updates.some((update) => update.type === type))
        .map(({ type, quantity, size }) => `${print.paint("success", type)} at ${quantity}:${size}`);
      return [formation, `done, now running ${running.join(", ")}`];
    });
    return 0;
  },
};

interface Change {
  readonly type: string;
  /** `=2`, `+1`, `-1`. */
  readonly amount: string;
  readonly size: string | undefined;
}

function readChanges({ words }: Input): readonly Change[] {
  return words.flatMap((word) => {
    const [, type, amount, size] = CHANGE.exec(word) ?? [];
    return type !== undefined && amount !== undefined ? [{ type, amount, size }] : [];
  });
}

/** The API is given numbers; a change by so many is counted from the formation as it is. */
async function absolute({ app, api }: Input, changes: readonly Change[]) {
  const relative = changes.some(({ amount }) => !amount.startsWith("="));
  const now = relative ? await api.get(z.array(formationShape), `/apps/${app}/formation`) : [];
  return changes.map(({ type, amount, size }) => {
    const base = amount.startsWith("=") ? 0 : (now.find((each) => each.type === type)?.quantity ?? 0);
    const quantity = Math.max(0, base + Number(amount.replace("=", "")));
    return { type, quantity, ...(size !== undefined && { size }) };
  });
}

async function showFormation({ app, api, print }: Input): Promise<number> {
  const formation = await api.get(z.array(formationShape), `/apps/${app}/formation`);
  if (formation.length === 0) {
    throw new CliError(
      `No process types on ${print.app(app)}.\nUpload a Procfile to add process types.\nhttps://devcenter.heroku.com/articles/procfile`,
      "plain",
    );
  }
  const entries = formation.map(({ type, quantity, size }) => `${type}=${quantity}:${size}`).sort();
  await print.out(entries.join(" "));
  return 0;
}

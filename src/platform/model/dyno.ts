import { z } from "zod";

/** A dyno of the formation, as `heroku ps` shows it. */
export const dynoSchema = z
  .object({
    id: z.string(),
    /** The app's id. */
    app: z.string(),
    /** E.g. `web.1`. */
    name: z.string(),
    type: z.string(),
    command: z.string(),
    size: z.string(),
    state: z.enum(["starting", "up", "crashed"]),
    /** Version of the release that it runs. */
    release: z.number(),
    /** Milliseconds since the epoch of the last change of `state`. */
    updatedAt: z.number(),
    createdAt: z.number(),
  })
  .readonly();

export type Dyno = z.infer<typeof dynoSchema>;

/** Key of a dyno in the state. */
export function dynoKey(app: string, name: string): string {
  return `${app}/${name}`;
}

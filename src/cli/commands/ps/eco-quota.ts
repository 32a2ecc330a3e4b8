/** What `heroku ps` says above the dynos of an Eco app: the account's hours. */

import { z } from "zod";
import type { Input } from "../../command";
import type { App, accountShape } from "../../shapes";

/** Seconds. */
const quotaShape = z.looseObject({
  account_quota: z.number(),
  quota_used: z.number(),
  apps: z.array(z.looseObject({ app_uuid: z.string(), quota_used: z.number() })),
});

/** Prints nothing for an app of another kind, for somebody else's app, and when the API has no quota. */
export async function printEcoQuota(
  { api, print }: Input,
  app: App,
  account: z.infer<typeof accountShape>,
): Promise<void> {
  if (app.process_tier !== "eco" || app.owner.id !== account.id) return;
  const quota = await api.find(quotaShape, `/accounts/${account.id}/actions/get-quota`);
  if (!quota) return;
  const { account_quota: total, quota_used: used, apps } = quota;
  const ofApp = apps.find(({ app_uuid }) => app_uuid === app.id)?.quota_used ?? 0;
  const share = (part: number) => (total === 0 ? 0 : Math.floor((part * 100) / total));
  const remaining = total === 0 ? 0 : total - used;
  await print.out(`Eco dyno hours quota remaining this month: ${duration(remaining)} (${share(remaining)}%)`);
  await print.out(`Eco dyno usage for this app: ${duration(ofApp)} (${share(ofApp)}%)`);
  await print.out("For more information on Eco dyno hours, see:");
  await print.out(print.paint("info", "https://devcenter.heroku.com/articles/eco-dyno-hours"));
  await print.out("");
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

/** Releases as the commands ask for them: the newest first, no more than needed. */

import { z } from "zod";
import type { Client } from "./client";
import { type Release, releaseShape } from "./shapes";

/** @param most how many, as it goes into the request's range */
export function latestReleases(api: Client, app: string, most: number | string): Promise<Release[]> {
  return api.get(z.array(releaseShape), `/apps/${app}/releases`, {
    range: `version ..; max=${most}, order=desc`,
  });
}

/** @param reference `v12`, `12` or a release's id */
export function findRelease(api: Client, app: string, reference: string): Promise<Release> {
  return api.get(
    releaseShape,
    `/apps/${app}/releases/${encodeURIComponent(reference.toLowerCase().replace(/^v/, ""))}`,
  );
}

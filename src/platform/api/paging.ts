/** Lists with the `Range` header of the Platform API. Source: Dev Center, "Platform API Reference", ranges. */

import { json } from "./endpoint";
import type { ApiRequest, ApiResponse } from "./http";

const DEFAULT_MAX = 200;
const LARGEST_MAX = 1000;

interface Range {
  readonly field: string;
  readonly descending: boolean;
  readonly max: number;
  readonly from: { readonly value: string; readonly exclusive: boolean } | undefined;
}

/** E.g. `version ..; max=10, order=desc` or `id ]abc..; max=200`. */
export function parseRange(header: string | undefined, field: string): Range {
  const match = /^\s*([\w-]+)\s*(\]?)([^.;]*)\.\.[^;]*(?:;(.*))?$/.exec(header ?? "");
  const options = new Map(
    (match?.[4] ?? "").split(",").map((option): [string, string] => {
      const [key = "", value = ""] = option.split("=");
      return [key.trim(), value.trim()];
    }),
  );
  const max = Number(options.get("max"));
  const value = match?.[3]?.trim() ?? "";
  return {
    field: match?.[1] ?? field,
    descending: options.get("order") === "desc",
    max: Number.isInteger(max) && max > 0 ? Math.min(max, LARGEST_MAX) : DEFAULT_MAX,
    from: value === "" ? undefined : { value, exclusive: match?.[2] === "]" },
  };
}

/**
 * A page of a list: 200 when it ends there, else 206 with `next-range`.
 * @param field the one to sort by when the request names none
 */
export function page<Item extends object>(request: ApiRequest, field: string, items: readonly Item[]): ApiResponse {
  const range = parseRange(request.headers?.range, field);
  const key = (item: Item): string | number => {
    const value: unknown = Reflect.get(item, range.field);
    return typeof value === "number" ? value : String(value ?? "");
  };
  const sign = range.descending ? -1 : 1;
  const sorted = [...items].sort((one, other) => sign * compare(key(one), key(other)));
  const { from } = range;
  const rest = from
    ? sorted.filter((item) => {
        const order = sign * compare(key(item), typeof key(item) === "number" ? Number(from.value) : from.value);
        return from.exclusive ? order > 0 : order >= 0;
      })
    : sorted;
  const shown = rest.slice(0, range.max);
  const last = shown.at(-1);
  if (!last || rest.length === shown.length) return json(shown);
  const order = range.descending ? ", order=desc" : "";
  return json(shown, 206, { "next-range": `${range.field} ]${key(last)}..; max=${range.max}${order}` });
}

function compare(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Identifiers from the platform's own randomness. */

import type { Random } from "./ports";

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const hex = (digits: number) => hexDigits(random, digits);
  const variant = "89ab"[Math.floor(random.next() * 4)];
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}

export function hexDigits(random: Random, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random.next() * 16).toString(16)).join("");
}

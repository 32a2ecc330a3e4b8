/** In which order pip installs: a package after what it needs. */

import { normalizeName } from "./requirement";
import type { Choice } from "./resolve";

/**
 * Leaves of the dependency graph first, layer by layer; within a layer by name, backwards, as pip does.
 * Packages that need each other in a circle come last.
 */
export function installOrder(choices: readonly Choice[]): readonly Choice[] {
  const byName = (left: Choice, right: Choice) => (normalizeName(left.name) < normalizeName(right.name) ? 1 : -1);
  let remaining = [...choices];
  const order: Choice[] = [];
  while (remaining.length > 0) {
    const names = new Set(remaining.map(({ name }) => normalizeName(name)));
    const leaves = remaining.filter(({ dependencies }) => !dependencies.some((name) => names.has(name)));
    const layer = leaves.length > 0 ? leaves : remaining;
    order.push(...layer.sort(byName));
    remaining = remaining.filter((choice) => !order.includes(choice));
  }
  return order;
}

/** The order of names, by the locale in the environment. */

const collators = new Map<string, Intl.Collator>();

/** Code points in the C locales; the language's order otherwise. */
export function nameOrder(env: Readonly<Record<string, string | undefined>>): (a: string, b: string) => number {
  const locale = env.LC_ALL || env.LC_COLLATE || env.LANG || "C";
  if (/^(C|POSIX)(\.|$)/.test(locale)) return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const language = locale.split(/[_.@]/, 1)[0] ?? "en";
  let collator = collators.get(language);
  if (!collator) {
    collator = new Intl.Collator(Intl.Collator.supportedLocalesOf([language])[0] ?? "en");
    collators.set(language, collator);
  }
  return collator.compare;
}

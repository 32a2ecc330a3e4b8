const NEEDS_QUOTES = /["\s#!$&'()*,:;<=>?@[\\\]^`{|}]/;

/** A value as a shell would have to be given it: single quotes where they will do, none where none are needed. */
export function shellQuote(value: string): string {
  if (!NEEDS_QUOTES.test(value)) return value;
  if (!/['\n]/.test(value)) return `'${value}'`;
  return `"${value.replace(/["\\$`!]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

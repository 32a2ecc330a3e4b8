/**
 * Building blocks of the schemas that instructors write against. Each says in Spanish what is wrong and what is
 * expected; the reader of the message already has the path, e.g. `pasos.2.pistas`.
 */

import { z } from "zod";

interface Explained {
  readonly error: (issue: { readonly input?: unknown }) => string;
}

/** One sentence for a value that is not there, another, with advice, for one of the wrong kind. */
function explained(expected: string, advice = ""): Explained {
  return { error: ({ input }) => (input === undefined ? `falta: ${expected}` : `debe ser ${expected}${advice}`) };
}

/** A key that the shape does not have is a misspelt one. */
export function record<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `no se conoce ${issue.keys.map((key) => `«${key}»`).join(", ")}; se admiten: ${Object.keys(shape).join(", ")}`
        : explained("un grupo de claves").error(issue),
  });
}

/** A text that says something. */
export function text() {
  return z.string(explained("un texto", "; entre comillas si parece un número")).trim().min(1, "está vacío");
}

/** A text of a certain form. @param expected completes «debe ser …» */
export function textLike(expression: RegExp, expected: string) {
  return z.string(explained(expected)).regex(expression, `debe ser ${expected}`);
}

/** The source of a regular expression, flags `mu`. */
export function pattern() {
  return z.string(explained("una expresión regular", ", entre comillas simples")).refine(
    (source) => {
      try {
        new RegExp(source, "mu");
        return true;
      } catch {
        return false;
      }
    },
    { message: "no es una expresión regular válida de JavaScript" },
  );
}

/** A whole number of at least `minimum`. */
export function wholeNumber(minimum: number) {
  const expected = `un número entero, ${minimum} o más`;
  return z.int(explained(expected, ", sin comillas")).min(minimum, `debe ser ${expected}`);
}

export function flag() {
  return z.boolean(explained("true o false", ", sin comillas"));
}

export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: () => `debe ser uno de estos: ${values.join(", ")}` });
}

export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item, explained("una lista", ", aunque tenga un solo elemento"));
}

/** Says which kinds there are when `key` names none of them. */
export function unknownKind(key: string, kinds: readonly string[]): Explained {
  const admitted = `se admiten: ${kinds.join(", ")}`;
  return {
    error({ input }) {
      if (typeof input !== "object" || input === null) return `debe ser un grupo de claves con «${key}»`;
      const kind: unknown = Reflect.get(input, key);
      return kind === undefined ? `falta; ${admitted}` : `no se conoce «${String(kind)}»; ${admitted}`;
    },
  };
}

/** The first text that comes twice. */
export function repeated(texts: readonly string[]): string | undefined {
  return texts.find((one, index) => texts.indexOf(one) !== index);
}

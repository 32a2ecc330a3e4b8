/** Expected refusals are values. */

/** As the Platform API answers it. */
export interface Refusal {
  readonly status: number;
  /** E.g. `invalid_params`. */
  readonly id: string;
  /** For the person at the terminal, in English. */
  readonly message: string;
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

export function notFound(message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { status: 404, id: "not_found", message } };
}

export function invalid(message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { status: 422, id: "invalid_params", message } };
}

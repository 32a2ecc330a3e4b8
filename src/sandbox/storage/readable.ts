/** A replacer for JSON.stringify: bytes as text where they are text, so that a learner can read the export. */
export function readable(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(value);
  } catch {
    return { base64: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join("")) };
  }
}

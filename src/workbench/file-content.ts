/** What an editor can do with the bytes of a file. */
export type FileContent =
  | {
      readonly kind: "text";
      /** Lines end in "\n", whatever they end in on disk. */
      readonly text: string;
      readonly lineEnd: "\n" | "\r\n";
    }
  | { readonly kind: "binary" }
  | { readonly kind: "too-big"; readonly bytes: number };

/** Beyond it an editor gets slow; nobody writes such a file by hand. */
export const MAX_EDITABLE_BYTES = 1_048_576;

export function decodeContent(data: Uint8Array): FileContent {
  if (data.length > MAX_EDITABLE_BYTES) return { kind: "too-big", bytes: data.length };
  if (data.includes(0)) return { kind: "binary" };
  try {
    const raw = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    return { kind: "text", text: raw.replace(/\r\n?/g, "\n"), lineEnd: raw.includes("\r\n") ? "\r\n" : "\n" };
  } catch {
    return { kind: "binary" };
  }
}

export function encodeContent(text: string, lineEnd: "\n" | "\r\n"): Uint8Array {
  return new TextEncoder().encode(lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd));
}

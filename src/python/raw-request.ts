/** Writes a request as HTTP/1.1 bytes: what arrives at the socket of a dyno. */

import type { DynoRequest } from "../platform/ports";

/** Fields that belong to a connection, not to the message. */
const OF_THE_CONNECTION = new Set(["connection", "keep-alive", "content-length", "transfer-encoding", "expect"]);

/** ISO 8859-1, as header fields travel; what lies outside goes as UTF-8. */
function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return new TextEncoder().encode(text);
    bytes[at] = code;
  }
  return bytes;
}

export function rawRequest({ method, target, headers, body }: DynoRequest): Uint8Array<ArrayBuffer> {
  const lines = [`${method} ${target} HTTP/1.1`];
  for (const [name, value] of headers) {
    if (!OF_THE_CONNECTION.has(name.toLowerCase())) lines.push(`${name}: ${value.replace(/[\r\n]/g, " ")}`);
  }
  if (body.length > 0 || ["POST", "PUT", "PATCH"].includes(method)) lines.push(`Content-Length: ${body.length}`);
  lines.push("Connection: close", "", "");
  const head = encode(lines.join("\r\n"));
  const raw = new Uint8Array(head.length + body.length);
  raw.set(head);
  raw.set(body, head.length);
  return raw;
}

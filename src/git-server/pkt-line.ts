/** The framing of Git's protocols (gitprotocol-common(5)): four hex digits of length, then the payload. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Largest payload of one packet. */
const MAX_PAYLOAD = 65516;

export const FLUSH = encoder.encode("0000");

export type Packet = { readonly kind: "data"; readonly data: Uint8Array } | { readonly kind: "flush" };

/** @throws RangeError when the payload does not fit into one packet. */
export function packet(payload: Uint8Array | string): Uint8Array {
  const data = typeof payload === "string" ? encoder.encode(payload) : payload;
  if (data.byteLength > MAX_PAYLOAD) throw new RangeError("packet too large");
  const framed = new Uint8Array(data.byteLength + 4);
  framed.set(encoder.encode((data.byteLength + 4).toString(16).padStart(4, "0")));
  framed.set(data, 4);
  return framed;
}

/** As many packets of a side band as `data` needs. Band 1 is data, 2 progress, 3 a fatal error. */
export function sideBand(band: 1 | 2 | 3, payload: Uint8Array | string): Uint8Array {
  const data = typeof payload === "string" ? encoder.encode(payload) : payload;
  const packets: Uint8Array[] = [];
  for (let at = 0; at < data.byteLength; at += MAX_PAYLOAD - 1) {
    const part = data.subarray(at, at + MAX_PAYLOAD - 1);
    const banded = new Uint8Array(part.byteLength + 1);
    banded[0] = band;
    banded.set(part, 1);
    packets.push(packet(banded));
  }
  return concatenate(packets);
}

/** Reads packets from a complete message; `rest` is what follows those read so far. */
export class PacketReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Undefined at the end. Throws for a message that is cut or not framed. */
  next(): Packet | undefined {
    if (this.at >= this.bytes.byteLength) return undefined;
    const digits = decoder.decode(this.bytes.subarray(this.at, this.at + 4));
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw new ProtocolError(`bad line length character: ${digits}`);
    const length = Number.parseInt(digits, 16);
    if (length < 4) {
      this.at += 4;
      return { kind: "flush" };
    }
    if (this.at + length > this.bytes.byteLength) throw new ProtocolError("the remote end hung up unexpectedly");
    const data = this.bytes.subarray(this.at + 4, this.at + length);
    this.at += length;
    return { kind: "data", data };
  }

  get rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }
}

/** The client broke the protocol. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProtocolError";
  }
}

/** A packet's text without its newline. */
export function packetText(data: Uint8Array): string {
  return decoder.decode(data).replace(/\n$/, "");
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}

/** hashlib's pbkdf2_hmac and scrypt, which CPython for WebAssembly lacks: werkzeug.security needs them. */

import { sha1 } from "@noble/hashes/legacy.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";

const DIGESTS = { sha1, sha224, sha256, sha384, sha512 } as const;

function isDigest(name: string): name is keyof typeof DIGESTS {
  return Object.hasOwn(DIGESTS, name);
}

/** @throws Error for a digest that is not one of SHA-1 and SHA-2. */
export function deriveByPbkdf2(
  digest: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const name = digest.toLowerCase().replace("-", "");
  if (!isDigest(name)) throw new Error(`unsupported hash type ${digest}`);
  return pbkdf2(DIGESTS[name], password, salt, { c: iterations, dkLen: length });
}

/** @throws Error when the parameters make no sense or need more than `memory` bytes. */
export function deriveByScrypt(
  password: Uint8Array,
  salt: Uint8Array,
  n: number,
  r: number,
  p: number,
  length: number,
  memory: number,
): Uint8Array {
  return scrypt(password, salt, { N: n, r, p, dkLen: length, ...(memory > 0 && { maxmem: memory + 1024 }) });
}

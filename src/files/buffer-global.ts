/**
 * isomorphic-git expects Node's `Buffer` as a global. Import this module before it.
 * In Node the name resolves to the built-in module; a bundler takes the `buffer` package.
 */
import { Buffer } from "buffer";

globalThis.Buffer ??= Buffer;

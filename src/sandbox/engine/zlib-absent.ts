/**
 * Stands for `node:zlib`, which just-bash imports although its browser commands that would use it are not called:
 * the name must resolve, and a call must say what is missing.
 */
function absent(): never {
  throw new Error("compression is not available in the browser's shell");
}

export const gunzipSync = absent;
export const gzipSync = absent;
export const inflateSync = absent;
export const deflateSync = absent;
export const inflateRawSync = absent;
export const deflateRawSync = absent;
export const brotliCompressSync = absent;
export const brotliDecompressSync = absent;
export const constants = {};
export default { gunzipSync, gzipSync, constants };

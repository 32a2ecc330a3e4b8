/**
 * The HTTP headers of both origins, in one place: the servers here send them, and the build writes them to each `_headers`.
 */

/** Files whose name changes with their content. */
const IMMUTABLE = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache";

/**
 * @param {string} pathname
 * @param {{sandboxOrigins: string[]}} options where the exercises' frames come from
 * @returns {Record<string, string>}
 */
export function siteHeaders(pathname, { sandboxOrigins }) {
  const exercise = pathname.startsWith("/ejercicios/");
  return {
    "Cache-Control": pathname.startsWith("/_astro/") ? IMMUTABLE : REVALIDATE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      // The terminal and the editor make <style> elements; no other page may.
      exercise ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
      "img-src 'self' data:",
      "worker-src 'self'",
      exercise ? `frame-src ${sandboxOrigins.join(" ")}` : "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
  };
}

/**
 * @param {string} pathname
 * @param {{siteOrigins: string[]}} options who may embed the sandbox
 * @returns {Record<string, string>}
 */
export function sandboxHeaders(pathname, { siteOrigins }) {
  return {
    "Cache-Control":
      pathname.startsWith("/assets/") || /^\/python\/[0-9a-f]+\//.test(pathname) ? IMMUTABLE : REVALIDATE,
    "X-Content-Type-Options": "nosniff",
    // Its own agent cluster: a busy learner's page does not hold the site's thread.
    "Origin-Agent-Cluster": "?1",
    // So that it loads in an isolated page too.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "cross-origin",
    ...(pathname === "/frame.html" && { "Content-Security-Policy": `frame-ancestors ${siteOrigins.join(" ")}` }),
  };
}

const block = (pattern, headers) =>
  `${pattern}\n${Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}`)
    .join("\n")}\n`;

/** Text of `dist/_headers`, for static hosts that read it. */
export function siteHeadersFile(options) {
  const base = siteHeaders("/", options);
  const changed = (pathname) =>
    Object.fromEntries(Object.entries(siteHeaders(pathname, options)).filter(([name, value]) => base[name] !== value));
  return [
    block("/*", base),
    `/_astro/*\n  ! Cache-Control\n  Cache-Control: ${IMMUTABLE}\n`,
    `/ejercicios/*\n  ! Content-Security-Policy\n  Content-Security-Policy: ${changed("/ejercicios/x/")["Content-Security-Policy"]}\n`,
  ].join("\n");
}

/** Text of `dist-sandbox/_headers`. */
export function sandboxHeadersFile(options) {
  return [
    block("/*", sandboxHeaders("/", options)),
    `/assets/*\n  ! Cache-Control\n  Cache-Control: ${IMMUTABLE}\n`,
    `/python/*\n  ! Cache-Control\n  Cache-Control: ${IMMUTABLE}\n`,
    `/frame.html\n  Content-Security-Policy: frame-ancestors ${options.siteOrigins.join(" ")}\n`,
  ].join("\n");
}

/** Where the two origins are: by setting in production, computed from the site's port otherwise. */

export const SITE_PORT = Number(process.env.PORT ?? 4321);
export const SANDBOX_PORT = SITE_PORT + 1;

/** Who may embed the sandbox, and whom the site may embed, for a site on `sitePort`. */
export function origins(sitePort = SITE_PORT) {
  const local = (port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const setting = (name) => process.env[name]?.split(/\s+/).filter(Boolean);
  return {
    siteOrigins: setting("SITE_ORIGIN") ?? local(sitePort),
    sandboxOrigins: setting("PUBLIC_SANDBOX_ORIGIN") ?? local(sitePort + 1),
  };
}

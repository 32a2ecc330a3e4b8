/** Static servers of both origins, as a host would serve them: the built files, with their headers. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { sandboxHeaders, siteHeaders } from "./headers.mjs";
import { origins } from "./origins.mjs";

/** Says in one sentence that a port is taken. */
export class PortTaken extends Error {
  constructor(port) {
    super(
      `El puerto ${port} está ocupado: cierra el programa que lo usa, o elige otros dos con «PORT=${port + 10} npm start».`,
    );
  }
}

/**
 * Serves `folder` on the loopback interface.
 * @returns {Promise<{close(): Promise<void>}>} rejects with PortTaken
 */
function serveFolder(folder, port, headersOf, notFound, heard) {
  // `dev: true` reads the disk on every request: a new build is served at once.
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    const pathname = new URL(request.url ?? "/", "http://localhost").pathname;
    heard?.(pathname);
    // sirv keeps the headers that are there already.
    for (const [name, value] of Object.entries(headersOf(pathname))) response.setHeader(name, value);
    files(request, response, () => {
      response.statusCode = 404;
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(notFound());
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(error.code === "EADDRINUSE" ? new PortTaken(port) : error));
    // No host: both `localhost` families; the machine's firewall decides who else may look.
    server.listen(port, "localhost", () =>
      resolve({
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });
}

/** @param {(pathname: string) => void} [heard] is told every request */
export function serveSite(root, port, heard) {
  const folder = join(root, "dist");
  const page = join(folder, "404.html");
  return serveFolder(
    folder,
    port,
    (pathname) => siteHeaders(pathname, origins(port)),
    () => (existsSync(page) ? readFileSync(page) : "No encontrado"),
    heard,
  );
}

/** @param {(pathname: string) => void} [heard] is told every request */
export function serveSandbox(root, port, heard) {
  return serveFolder(
    join(root, "dist-sandbox"),
    port,
    (pathname) => sandboxHeaders(pathname, origins(port - 1)),
    () =>
      "<!doctype html><html lang=es><meta charset=utf-8><title>Aplicación sin taller</title><p>Esta aplicación vive en tu navegador. Abre su ejercicio y pulsa «Abrir el taller»; después, recarga esta página.</p></html>",
    heard,
  );
}

/** The site's search: indexes the built pages with Pagefind; in `npm run dev`, the sources, when search is first used. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { close, createIndex } from "pagefind";
import { parse } from "yaml";

const OPTIONS = { forceLanguage: "es", writePlayground: false };

async function newIndex() {
  const { index, errors } = await createIndex(OPTIONS);
  if (!index) throw new Error(`Pagefind no pudo empezar: ${errors.join("; ")}`);
  return index;
}

/** Text of a lesson as search needs it: no front matter, no JSX, no Markdown marks. */
function plainText(markdown) {
  return markdown
    .replace(/^(import|export) .*$/gm, "")
    .replace(/<\/?[A-Z][^>]*>/g, " ")
    .replace(/[*_`>#[\]]/g, " ");
}

function lessonRecords(root) {
  const folder = join(root, "content", "lecciones");
  return readdirSync(folder)
    .filter((name) => /\.mdx?$/.test(name))
    .map((name) => {
      const [, front = "", body = ""] =
        /^---\r?\n([\s\S]*?)\r?\n---([\s\S]*)$/.exec(readFileSync(join(folder, name), "utf8")) ?? [];
      const { titulo = name, palabras = [] } = parse(front) ?? {};
      return {
        url: `/lecciones/${name.replace(/\.mdx?$/, "")}/`,
        content: `${titulo}. ${plainText(body)} ${palabras.join(" ")}`,
        language: "es",
        meta: { title: titulo },
      };
    });
}

/** Newest change of the lessons, so that an edit is found without a restart. */
function contentVersion(root) {
  const folder = join(root, "content", "lecciones");
  return existsSync(folder)
    ? Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs))
    : 0;
}

const TYPES = { js: "text/javascript", json: "application/json", css: "text/css" };

export default function pagefind() {
  return {
    name: "despliega:pagefind",
    hooks: {
      "astro:server:setup"({ server }) {
        const root = fileURLToPath(new URL(".", `file://${server.config.root}/`));
        let built;
        const files = async () => {
          const version = contentVersion(root);
          if (built?.version !== version) {
            const making = (async () => {
              const index = await newIndex();
              for (const record of lessonRecords(root)) await index.addCustomRecord(record);
              const { files: all } = await index.getFiles();
              await index.deleteIndex();
              return new Map(all.map(({ path, content }) => [path, content]));
            })();
            built = { version, files: making };
          }
          return built.files;
        };
        server.middlewares.use("/pagefind", (request, response, next) => {
          const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname.slice(1));
          files().then((all) => {
            const content = all.get(path);
            if (!content) return next();
            response.setHeader("Content-Type", TYPES[path.split(".").pop()] ?? "application/octet-stream");
            response.setHeader("Cache-Control", "no-store");
            response.end(Buffer.from(content));
          }, next);
        });
        server.httpServer?.once("close", () => close());
      },
      async "astro:build:done"({ dir, logger }) {
        const folder = fileURLToPath(dir);
        const index = await newIndex();
        const { page_count, errors } = await index.addDirectory({ path: folder });
        if (errors.length > 0) throw new Error(`Pagefind: ${errors.join("; ")}`);
        await index.writeFiles({ outputPath: join(folder, "pagefind") });
        await close();
        logger.info(`${page_count} páginas en el buscador`);
      },
    },
  };
}

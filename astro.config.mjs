import { satteri } from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import { defineConfig } from "astro/config";
import { codeBlocks } from "./src/markdown/code-blocks.ts";
import { headingAnchors } from "./src/markdown/heading-anchors.ts";
import { notes } from "./src/markdown/notes.ts";
import { wideTables } from "./src/markdown/wide-tables.ts";
import { wordCount } from "./src/markdown/word-count.ts";
import pagefind from "./tools/pagefind-integration.mjs";
import stylesOnDemand from "./tools/styles-on-demand.mjs";

// One address for canonical links and the site map; without it (on one's own machine) neither is written.
const site = process.env.SITE_ORIGIN?.split(/\s+/)[0];

export default defineConfig({
  ...(site && { site }),
  trailingSlash: "always",
  devToolbar: { enabled: false },
  integrations: [mdx({ optimize: true }), pagefind(), ...(site ? [sitemap()] : [])],
  markdown: {
    syntaxHighlight: false,
    processor: satteri({
      features: {
        wikilinks: true,
        // Typographic quotes of English are no quotes of Spanish.
        smartPunctuation: { quotes: false },
        gfm: { footnotes: { label: "Notas", backLabel: "Volver a la referencia {reference}" } },
      },
      mdastPlugins: [notes, wordCount],
      hastPlugins: [codeBlocks, headingAnchors, wideTables],
    }),
  },
  build: {
    // The Content-Security-Policy allows no inline style and no inline script.
    inlineStylesheets: "never",
    assets: "_astro",
  },
  vite: {
    plugins: [stylesOnDemand()],
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        onLog(level, log, next) {
          // One per MDX file, about a directive that Astro itself writes.
          if (log.code !== "MODULE_LEVEL_DIRECTIVE") next(level, log);
        },
      },
    },
  },
});

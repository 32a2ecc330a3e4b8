import { pathToFileURL } from "node:url";
import { type MdastPluginList, markdownToHtml } from "satteri";
import { describe, expect, test } from "vitest";
import { codeBlocks } from "../../../src/markdown/code-blocks";
import { headingAnchors, slug } from "../../../src/markdown/heading-anchors";
import { nearest } from "../../../src/markdown/lesson-index";
import { notes } from "../../../src/markdown/notes";
import { wideTables } from "../../../src/markdown/wide-tables";
import { wordCount } from "../../../src/markdown/word-count";

async function render(markdown: string, frontmatter: Record<string, unknown> = {}, mdastPlugins: MdastPluginList = []) {
  const data = {
    astro: { frontmatter, headings: [], localImagePaths: new Set<string>(), remoteImagePaths: new Set<string>() },
  };
  const { html } = await markdownToHtml(markdown, {
    mdastPlugins: [notes, ...mdastPlugins],
    hastPlugins: [codeBlocks, headingAnchors, wideTables],
    features: { wikilinks: true, gfm: true },
    fileURL: pathToFileURL("content/lecciones/prueba.mdx"),
    data,
  });
  return html;
}

describe("the syntax of the notes", () => {
  test("a wiki link goes to the lesson with that alias, under its title or the author's words", async () => {
    expect(await render("Mira [[25_flask]].")).toContain('<a href="/lecciones/desplegar-flask/">Despliega Flask</a>');
    expect(await render("Mira [[25_flask|cómo]].")).toContain('<a href="/lecciones/desplegar-flask/">cómo</a>');
  });

  test("a wiki link to nowhere stops, with file, line and what was meant", async () => {
    await expect(render("Uno.\n\nDos [[25_flaks]].")).rejects.toThrow(
      "content/lecciones/prueba.mdx:3: el enlace [[25_flaks]] no lleva a ninguna lección; ¿querías decir [[25_flask]]?",
    );
  });

  test("ordinary links stay as they are", async () => {
    const html = await render("[a](https://example.org/x) [b](/lecciones/x/) [c](#aquí) [d](archivo.png)");
    for (const url of ["https://example.org/x", "/lecciones/x/", "archivo.png"])
      expect(html).toContain(`href="${url}"`);
  });

  test("a citation is a link to its source; one without source stops", async () => {
    const fuentes = [{ titulo: "a" }, { titulo: "b" }];
    expect(await render("Así es [2].", { fuentes })).toContain('href="#fuente-2"');
    await expect(render("Así es [3].", { fuentes })).rejects.toThrow("la cita [3] no tiene fuente: «fuentes» tiene 2.");
  });

  test("a tag must be one of the lesson's; code is left alone", async () => {
    const etiquetas = ["cloud_platform_service"];
    expect(await render("#cloud_platform_service", { etiquetas })).toContain(
      '<span class="tag">#cloud_platform_service</span>',
    );
    await expect(render("texto #cloud_plataform_service", { etiquetas })).rejects.toThrow(
      "la etiqueta #cloud_plataform_service no está en «etiquetas»; ¿querías decir #cloud_platform_service?",
    );
    expect(await render("`#otra` y C#")).toContain("<code>#otra</code>");
  });

  test("nearest gives nothing when nothing is near", () => {
    expect(nearest("procfile", ["dyno", "slug"])).toBeUndefined();
    expect(nearest("Procfle", ["dyno", "procfile"])).toBe("procfile");
  });
});

describe("headings", () => {
  test("get an address without accents, unique in the page, and link to themselves", async () => {
    const html = await render("## Qué pasó, y `por qué`\n\n## Qué pasó y por qué\n");
    expect(html).toContain('<h2 id="que-paso-y-por-que"><a href="#que-paso-y-por-que" class="anchor">');
    expect(html).toContain('id="que-paso-y-por-que-2"');
    expect(slug("¿Ñandú?")).toBe("nandu");
  });
});

describe("code blocks", () => {
  test("are coloured by classes, never by inline style", async () => {
    const html = await render('```python titulo="app.py" lineas="2"\nimport os\nprint("hola")\n```');
    expect(html).not.toContain("style=");
    expect(html).toContain("<figcaption>app.py</figcaption>");
    expect(html).toMatch(/<span class="t-keyword">import<\/span>/);
    expect(html.match(/class="line marked"/g)).toHaveLength(1);
  });

  test("a session tells what is typed, what continues and what is answered", async () => {
    const html = await render("```console\n$ cat > a <<'EOF'\n> hola\n$ git push\nremote: -----> Launching...\n```");
    expect(html.match(/class="line typed"/g)).toHaveLength(3);
    expect(html).toContain('<span class="prompt" aria-hidden="true">$ </span>git push');
    expect(html).toMatch(/<span class="remote">remote: <\/span><span class="arrow">-----(>|&gt;|&#x3E;)<\/span>/);
  });

  test("keep their text, markup and all", async () => {
    const html = await render("```text\na < b && c\n```");
    const plain = html
      .replace(/<[^>]+>/g, "")
      .replace(/&#x3C;|&lt;/g, "<")
      .replace(/&#x26;|&amp;/g, "&");
    expect(plain).toContain("a < b && c\n");
  });

  test("only one that may have to scroll takes the focus, and not when it wraps", async () => {
    const long = "x".repeat(80);
    expect(await render("```text\ncorto\n```")).not.toContain("tabindex");
    expect(await render(`\`\`\`text\n${long}\n\`\`\``)).toContain('tabindex="0"');
    expect(await render(`\`\`\`text ajustar\n${long}\n\`\`\``)).not.toContain("tabindex");
  });
});

test("a table scrolls in a box of its own, by keyboard too", async () => {
  expect(await render("| a | b |\n|---|---|\n| 1 | 2 |\n")).toMatch(/<div class="table" tabindex="0"[^>]*><table>/);
});

test("words are counted without the code", async () => {
  const frontmatter: Record<string, unknown> = {};
  await render("Uno dos, tres.\n\n```text\ncuatro cinco\n```\n", frontmatter, [wordCount]);
  expect(frontmatter.words).toBe(3);
});

/** The search dialog over Pagefind's index: a combobox with a list of pages, and of sections within them. */

interface PagefindSection {
  readonly title: string;
  readonly url: string;
  /** HTML: the words found are in `<mark>`, all the rest is escaped by Pagefind. */
  readonly excerpt: string;
}

interface PagefindPage extends PagefindSection {
  readonly meta: { readonly title?: string; readonly tipo?: string };
  readonly sub_results: readonly PagefindSection[];
}

interface Pagefind {
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options: object,
    milliseconds: number,
  ): Promise<{ results: readonly { data(): Promise<PagefindPage> }[] } | null>;
}

const SHOWN = 7;
const SECTIONS_SHOWN = 2;

let started = false;

/** Wires the dialog once; every call puts the focus where one types. */
export function startSearch(dialog: HTMLDialogElement): void {
  const input = dialog.querySelector<HTMLInputElement>("input");
  const list = dialog.querySelector<HTMLElement>("[data-search-results]");
  const status = dialog.querySelector<HTMLElement>("[data-search-status]");
  if (!input || !list || !status) return;
  input.select();
  if (started) return;
  started = true;

  // Not a module of this site's build: Pagefind writes it beside the pages after they are built.
  const address = "/pagefind/pagefind.js";
  const loading: Promise<Pagefind> = import(/* @vite-ignore */ address);
  loading.then((pagefind) => pagefind.init()).catch(() => say("El buscador no llegó. Comprueba la conexión."));

  let active = -1;
  const say = (message: string): void => {
    status.textContent = message;
  };
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  const activate = (index: number): void => {
    const all = options();
    active = all.length === 0 ? -1 : (index + all.length) % all.length;
    for (const [at, option] of all.entries()) option.setAttribute("aria-selected", String(at === active));
    const current = all[active];
    if (current) {
      input.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const show = (pages: readonly PagefindPage[]): void => {
    let id = 0;
    const option = (section: PagefindSection, title: string, kind: "page" | "section"): HTMLElement => {
      const item = document.createElement("div");
      item.id = `resultado-${id++}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.className = `result result-${kind}`;
      item.dataset.href = section.url;
      const heading = document.createElement("strong");
      heading.textContent = title;
      item.append(heading);
      if (section.excerpt) item.append(excerpt(section.excerpt));
      return item;
    };
    list.replaceChildren(
      ...pages.flatMap((page) => {
        const title = page.meta.title ?? page.url;
        const sections = page.sub_results.filter(({ url }) => url.includes("#")).slice(0, SECTIONS_SHOWN);
        // The sections say where in the page; its own excerpt would repeat the first one's.
        return [
          option({ ...page, excerpt: sections.length > 0 ? "" : page.excerpt }, title, "page"),
          ...sections.map((section) => option(section, section.title, "section")),
        ];
      }),
    );
    input.setAttribute("aria-expanded", String(pages.length > 0));
    activate(pages.length > 0 ? 0 : -1);
  };

  const search = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === "") {
      show([]);
      say("");
      return;
    }
    const pagefind = await loading;
    const found = await pagefind.debouncedSearch(query, {}, 120);
    // A newer query took over.
    if (found === null) return;
    const pages = await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data()));
    if (input.value.trim() !== query) return;
    show(pages);
    say(
      pages.length === 0
        ? `Nada sobre «${query}». Prueba con otra palabra.`
        : found.results.length === 1
          ? "1 página"
          : `${found.results.length} páginas`,
    );
  };

  const go = (option: HTMLElement | undefined): void => {
    if (!option?.dataset.href) return;
    dialog.close();
    location.href = option.dataset.href;
  };

  input.addEventListener("input", () => {
    search().catch(() => say("La búsqueda falló. Recarga la página."));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") activate(active + 1);
    else if (event.key === "ArrowUp") activate(active - 1);
    else if (event.key === "Enter") go(options()[active]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    if (event.target instanceof Element) go(event.target.closest<HTMLElement>('[role="option"]') ?? undefined);
  });
  if (input.value) search().catch(() => say("La búsqueda falló. Recarga la página."));
}

/** Pagefind's excerpt as nodes: text and `<mark>`, nothing else. */
function excerpt(html: string): HTMLElement {
  const line = document.createElement("span");
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of parsed.childNodes) {
    if (node.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      line.append(mark);
    } else line.append((node.textContent ?? "").replace(/[─-╿]{2,}/g, " "));
  }
  return line;
}

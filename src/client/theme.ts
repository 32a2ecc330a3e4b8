const KEY = "despliega:tema";

/** The button that changes between light and dark; the choice is kept, and `tema.js` applies it on the next page. */
export function enableThemeToggle(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-toggle-theme]");
  button?.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    const next = dark ? "light" : "dark";
    root.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Refused: the theme lasts as long as the page.
    }
  });
}

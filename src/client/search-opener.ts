import { startSearch } from "./search";

/** Opens the search. Pagefind and its index, which is what weighs, come with the first opening. */
export function enableSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>("[data-search]");
  if (!dialog) return;
  const open = (): void => {
    if (!dialog.open) dialog.showModal();
    startSearch(dialog);
  };
  document.querySelector("[data-open-search]")?.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // In the workshop Ctrl-K belongs to the shell and to the editor.
    if (event.target instanceof Element && event.target.closest(".wb")) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

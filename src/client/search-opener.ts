/** Opens the search; its code and index come with the first opening. */
export function enableSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>("[data-search]");
  if (!dialog) return;
  const open = (): void => {
    if (!dialog.open) dialog.showModal();
    import("./search").then(
      ({ startSearch }) => startSearch(dialog),
      () => {
        const status = dialog.querySelector("[data-search-status]");
        if (status) status.textContent = "El buscador no llegó. Comprueba la conexión y recarga la página.";
      },
    );
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

/** What a reader wants of a block: of a terminal session what is typed, of anything else all of it. */
function copyable(figure: HTMLElement): string {
  const typed = [...figure.querySelectorAll<HTMLElement>(".typed")];
  if (typed.length === 0) {
    // What a program answered is not for copying.
    return figure.classList.contains("session") ? "" : (figure.querySelector("code")?.textContent ?? "");
  }
  return typed
    .map((line) => {
      const prompt = line.querySelector(".prompt")?.textContent ?? "";
      return (line.textContent ?? "").slice(prompt.length);
    })
    .join("")
    .trimEnd();
}

/** Gives each code block a button that copies it and says so. */
export function addCopyButtons(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure.code")) {
    const text = copyable(figure);
    if (!text || !navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copiar";
    const name = figure.querySelector("figcaption")?.textContent ?? "código";
    button.setAttribute("aria-label", `Copiar: ${name}`);
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copiado";
        status.textContent = "Copiado";
      } catch {
        button.textContent = "No se pudo";
        status.textContent = "El navegador no dejó copiar";
      }
      setTimeout(() => {
        button.textContent = "Copiar";
        status.textContent = "";
      }, 1_600);
    });
    figure.append(button, status);
  }
}

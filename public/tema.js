// Before the first paint: the theme that the reader chose, if there was one. Everything else is CSS.
(() => {
  let theme;
  try {
    theme = localStorage.getItem("despliega:tema");
  } catch {
    // Storage is refused: the system's theme stays.
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  document.documentElement.classList.add("js");
})();

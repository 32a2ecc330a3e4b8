import { showDialog } from "./dialogs";
import { element } from "./dom";

const KEYS: readonly { readonly keys: string; readonly effect: string }[] = [
  { keys: "F6", effect: "Ir al panel siguiente: pasos, archivos, terminal, vista previa" },
  { keys: "Mayús + F6", effect: "Ir al panel anterior" },
  { keys: "Esc, después Tab", effect: "Salir de la terminal o del editor" },
  { keys: "Tab", effect: "En la terminal completa nombres; en el editor pone sangría en cuanto escribes" },
  { keys: "Ctrl + C", effect: "En la terminal interrumpe el programa; con texto seleccionado lo copia" },
  { keys: "Ctrl + V", effect: "Pegar en la terminal" },
  { keys: "Ctrl + F", effect: "Buscar en el archivo abierto" },
  { keys: "F2, Supr", effect: "En la lista de archivos: renombrar, borrar" },
  { keys: "Flechas", effect: "En un separador cambian el tamaño de los paneles; Intro lo restablece" },
];

export function showKeyboardHelp(host: HTMLElement): void {
  showDialog(
    host,
    "Atajos de teclado",
    element(
      "dl",
      { class: "wb-keys" },
      ...KEYS.map(({ keys, effect }) =>
        element("div", {}, element("dt", {}, element("kbd", {}, keys)), element("dd", {}, effect)),
      ),
    ),
    element(
      "p",
      { class: "wb-dialog-note" },
      "En un Mac usa ⌘ para copiar, pegar y buscar; Ctrl + C sigue interrumpiendo.",
    ),
  );
}

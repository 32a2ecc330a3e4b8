import { element } from "./dom";

/** Short messages that do not interrupt: seen for some seconds, read out by screen readers when they get to it. */
export interface Announcer {
  readonly element: HTMLElement;
  announce(message: string): void;
  dispose(): void;
}

const SHOWN_MS = 6_000;

export function createAnnouncer(): Announcer {
  const text = element("p", { class: "wb-toast-text" });
  const region = element("div", { class: "wb-toast", attributes: { role: "status", "aria-live": "polite" } }, text);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element: region,
    announce(message) {
      clearTimeout(timer);
      text.textContent = message;
      region.classList.add("is-shown");
      timer = setTimeout(() => {
        region.classList.remove("is-shown");
        // Emptied so that the same message is announced again the next time.
        text.textContent = "";
      }, SHOWN_MS);
    },
    dispose() {
      clearTimeout(timer);
      region.remove();
    },
  };
}

import type { Actions } from "./actions.ts";

type Handler = (element: HTMLElement, actions: Actions) => Promise<void>;

/** What each button does, by its `data-action`. */
const onClick: Readonly<Record<string, Handler>> = {
  take: ({ dataset }, actions) => actions.fetchCertificate(dataset["digest"] ?? ""),
  renew: (_, actions) => actions.renew(),
  save: (_, actions) => actions.save("file"),
  "save-conflict": (_, actions) => actions.save("evidence"),
  "trust-confirm": (_, actions) => actions.trust("confirm"),
  "trust-accept": (_, actions) => actions.trust("accept"),
  "trust-dismiss": (_, actions) => actions.trust("dismiss"),
  "trust-forget": (_, actions) => actions.trust("forget"),
};

/** Listens to the whole document, so that parts of the page can be drawn anew at any time. */
export function listen(actions: Actions): void {
  document.addEventListener("click", (event) => {
    const button = elementOf(event)?.closest<HTMLElement>('[data-action]:not([aria-disabled="true"])');
    const handler = onClick[button?.dataset["action"] ?? ""];
    if (button && handler) void whileBusy(button, handler(button, actions));
  });
  document.addEventListener("change", (event) => {
    const element = elementOf(event);
    if (element instanceof HTMLSelectElement && element.dataset["action"] === "max-age")
      void actions.choose(element.value);
    if (element instanceof HTMLInputElement && element.id === "file")
      void actions.take(element.files).finally(() => (element.value = "")); // so that the same file can be chosen again
  });
  document.addEventListener("submit", (event) => {
    const form = elementOf(event);
    if (!(form instanceof HTMLFormElement) || form.dataset["form"] !== "hide") return;
    event.preventDefault();
    void actions.hide(new Set(new FormData(form).getAll("hide").map(String)));
  });
  listenToDrops(actions);
}

function listenToDrops(actions: Actions): void {
  const boxOf = (event: Event): Element | null | undefined => elementOf(event)?.closest("[data-drop]");
  // A file that misses the box must not replace the page.
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    boxOf(event)?.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => boxOf(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const box = boxOf(event);
    box?.classList.remove("over");
    if (box) void actions.take(event.dataTransfer?.files);
  });
}

function elementOf({ target }: Event): Element | undefined {
  return target instanceof Element ? target : undefined;
}

/** A second click while the first is at work does nothing; the button keeps the focus. */
async function whileBusy(button: HTMLElement, work: Promise<void>): Promise<void> {
  button.setAttribute("aria-disabled", "true");
  await work.finally(() => button.removeAttribute("aria-disabled"));
}

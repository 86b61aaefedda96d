import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import type { Found } from "../state.ts";
import type { ViewContext } from "../view/context.ts";
import { foundView } from "../view/found.ts";
import { languageOf, messagesFor } from "../view/messages.ts";
import { foundTitle } from "../view/title.ts";
import { createGateway } from "./gateway.ts";
import { setMarkup } from "./markup.ts";
import { verifyFile } from "./verify-file.ts";

const context: ViewContext = {
  language: languageOf(document.documentElement.lang),
  kinds: builtInKinds,
  publicUrl: document.body.dataset["publicUrl"] ?? "",
};
const words = messagesFor(context.language);
const gateway = createGateway((input, init) => fetch(input, init));

function part(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`The page has no ${selector}.`);
  return element;
}

const found = part("#found");
const status = part("[data-progress]");
const drop = part("[data-drop]");
const input = part("#file");

/** The newest file wins: the answer about an older one comes too late and is dropped. */
let turn = 0;

/** Shows what was found, says it in the status line, and takes the focus to it. */
function show(state: Found): void {
  setMarkup(found, foundView(state, context));
  const title = foundTitle(state, context);
  status.textContent = words.file.done(title);
  document.title = words.title(title);
  document.body.classList.toggle("has-found", state.is !== "problems");
  (document.getElementById("problems") ?? found).focus();
  found.scrollIntoView();
}

async function take(files: FileList | null | undefined): Promise<void> {
  const file = files?.[0];
  if (file === undefined) return;
  const mine = ++turn;
  status.textContent = words.file.asking;
  const several: Found = { is: "problems", problems: [{ code: "several-files", field: "file" }] };
  const failed: Found = { is: "problems", problems: [{ code: "failed" }] };
  const progress = (percent: number): void => {
    if (mine === turn) status.textContent = percent < 100 ? words.file.hashing(percent) : words.file.asking;
  };
  const deps = { gateway, kinds: builtInKinds, keccak: nobleKeccak, progress };
  const state =
    files && files.length > 1
      ? several
      : await verifyFile(file, deps).catch((error: unknown) => {
          console.error(error);
          return failed;
        });
  if (mine === turn) show(state);
}

function enableFiles(): void {
  part("[data-without-script]").hidden = true;
  part("[data-with-script]").hidden = false;
  input.addEventListener("change", () => {
    if (!(input instanceof HTMLInputElement)) return;
    void take(input.files).finally(() => (input.value = "")); // so that the same file can be chosen again
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    void take(event.dataTransfer?.files);
  });
  // A file that misses the field must not replace the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
}

enableFiles();
document.getElementById("problems")?.focus();

import { builtInKinds } from "../../core/kinds/registry.ts";
import type { ViewContext } from "../view/context.ts";
import { languageOf } from "../view/messages.ts";
import { createGateway, NoAnswer } from "./gateway.ts";
import { startPage } from "./page.ts";

const context: ViewContext = {
  language: languageOf(document.documentElement.lang),
  kinds: builtInKinds,
  publicUrl: document.body.dataset["publicUrl"] ?? "",
  isOffline: false,
};

void startPage({
  context: () => context,
  gateway: createGateway((input, init) => fetch(input, init)),
  script: import("./verifier.ts").catch((cause: unknown) => {
    throw new NoAnswer({ code: "gateway-unreachable" }, cause);
  }),
  builtIn: undefined,
});
document.getElementById("problems")?.focus();

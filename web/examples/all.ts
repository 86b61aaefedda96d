import type { Example } from "./base.ts";
import { certificates } from "./certificates.ts";
import { landAgreement } from "./land.ts";
import { lists } from "./lists.ts";
import { problems } from "./problems.ts";
import { verdicts } from "./verdicts.ts";

/** Every state that the page can be in. */
export const examples: readonly Example[] = [
  { name: "start", found: { is: "nothing" } },
  ...verdicts,
  ...certificates,
  landAgreement,
  ...lists,
  ...problems,
];

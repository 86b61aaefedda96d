import type { Fault } from "../error.ts";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import { isList, isObject, textOf } from "../json/shape.ts";
import { isCitizenId, isUscc } from "./identifiers.ts";
import { citizenIdMessage, faultAt, requiredHere, type Rule } from "./rule.ts";

/** A decimal as an integer of its last digit's unit: sums are exact. Both sides of a sum have the same scale. */
function units(value: JsonValue | undefined): bigint | null {
  return typeof value === "string" ? BigInt(value.replace(".", "")) : null;
}

const areas: Rule = (input) => {
  const names = ["totalAreaSqm", "storedAreaSqm", "retainedAreaSqm"] as const;
  const isImplementation = input.content["agreementType"] === "IMPLEMENTATION";
  const missing = names.flatMap((name) =>
    requiredHere(input, name, isImplementation, "for an IMPLEMENTATION agreement"),
  );
  const [total, stored, retained] = names.map((name) => units(input.content[name]));
  if (total == null || stored == null || retained == null || total === stored + retained) return missing;
  return faultAt("totalAreaSqm", "SUM_MISMATCH", "must be storedAreaSqm + retainedAreaSqm");
};

const instalments: Rule = (input) => {
  const { paymentSchedule, compensationYuan } = input.content;
  if (!isList(paymentSchedule)) return [];
  const items = paymentSchedule.filter(isObject);
  const misnumbered = items.findIndex(({ no }, i) => no !== i + 1);
  const numbering =
    misnumbered < 0
      ? []
      : faultAt(
          `paymentSchedule/${misnumbered}/no`,
          "NUMBERING",
          `must be ${misnumbered + 1}: instalments count 1, 2, 3`,
          { expected: misnumbered + 1 },
        );
  const missing = requiredHere(input, "compensationYuan", true, "where paymentSchedule is given");
  const total = units(compensationYuan);
  const sum = items.reduce((all, { yuan }) => all + (units(yuan) ?? 0n), 0n);
  const unequal =
    total === null || total === sum
      ? []
      : faultAt("compensationYuan", "SUM_MISMATCH", "must be the sum of the instalments' yuan");
  return [...numbering, ...missing, ...unequal];
};

const partyCodes: Rule = ({ content: { parties } }) => {
  if (!isList(parties)) return [];
  return parties.filter(isObject).flatMap(partyFault);
};

function partyFault({ idType, idCode }: JsonObject, index: number): Fault[] {
  const at = `parties/${index}/idCode`;
  const code = textOf(idCode);
  if (idType === "USCC" && !isUscc(code))
    return faultAt(
      at,
      "INVALID_USCC",
      "is not a unified social credit code: its characters or its check character are wrong",
    );
  if (idType === "RESIDENT_ID" && !isCitizenId(code)) return faultAt(at, "INVALID_CITIZEN_ID", citizenIdMessage);
  return [];
}

/** The rules of land-agreement. */
export const landFaults: readonly Rule[] = [areas, instalments, partyCodes];

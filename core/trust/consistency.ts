import { pointerTo, type Fault, type FaultCode } from "../error.ts";
import type { Publisher, TrustBundle } from "./bundle.ts";
import { fingerprintOf } from "./fingerprint.ts";

/**
 * What is wrong between the parts of a bundle that is well formed in each: lists out of order, publishers whose role and address do not go
 * together, names that could be read as others, a fingerprint of another bundle.
 */
export function faultsOfParts(bundle: TrustBundle): Fault[] {
  return [
    ...unordered("/checkpoints", bundle.checkpoints, ({ blockNumber }) => blockNumber, "blockNumber"),
    ...unordered("/agencies", bundle.agencies, ({ uscc }) => uscc, "uscc"),
    ...faultsOfConsensus(bundle),
    ...faultsOfNames("/agencies", bundle.agencies),
    ...faultsOfNames("/publishers", bundle.publishers),
    ...bundle.publishers.flatMap((publisher, index) => faultsOfPublisher(publisher, pointerTo("/publishers", index))),
    ...faultsOfFingerprint(bundle),
  ];
}

function fault(pointer: string, code: FaultCode, message: string): Fault {
  return { code, pointer, message };
}

/** Each once, and in one order, so that the same facts have one fingerprint. */
function unordered<T>(pointer: string, items: readonly T[], keyOf: (item: T) => string | number, key: string): Fault[] {
  const at = items.findIndex((item, index) => {
    const before = items[index - 1];
    return before !== undefined && keyOf(before) >= keyOf(item);
  });
  if (at === -1) return [];
  return [fault(pointerTo(pointer, at), "NUMBERING", `must be in ascending order of ${key}, each of them once`)];
}

function faultsOfConsensus({ consensus, transitions }: TrustBundle): Fault[] {
  if (consensus.type === "development")
    return transitions.length === 0
      ? []
      : [fault("/transitions", "FORBIDDEN_HERE", "a development chain has no validators that change")];
  return transitions.flatMap(({ next }, index) => {
    const isGiven = next !== null;
    if (isGiven === (consensus.type === "qbft")) return [];
    const pointer = `${pointerTo("/transitions", index)}/next`;
    return isGiven
      ? [fault(pointer, "FORBIDDEN_HERE", "under Clique a set changes with the last vote: it must be null")]
      : [fault(pointer, "REQUIRED_HERE", "under QBFT the header that first lists the new set is needed")];
  });
}

/** Something that shows, and no character that makes other text of it: these names stand in verdicts. */
function faultsOfNames(pointer: string, items: readonly { readonly name: string }[]): Fault[] {
  return items.flatMap(({ name }, index) =>
    /[^\s\p{Default_Ignorable_Code_Point}]/u.test(name) && !/[\p{Cc}\p{Bidi_Control}]/u.test(name)
      ? []
      : [
          fault(
            `${pointerTo(pointer, index)}/name`,
            "NOT_PRINTABLE",
            "must show, and hold no control character or one that turns the direction of text",
          ),
        ],
  );
}

function faultsOfPublisher({ role, validator }: Publisher, pointer: string): Fault[] {
  if ((role === "validator") === (validator !== null)) return [];
  return validator === null
    ? [fault(`${pointer}/validator`, "REQUIRED_HERE", "the address under which it seals blocks is needed")]
    : [fault(`${pointer}/validator`, "FORBIDDEN_HERE", "a gateway seals no blocks: it must be null")];
}

function faultsOfFingerprint(bundle: TrustBundle): Fault[] {
  const { sha256, words } = fingerprintOf(bundle);
  const { fingerprint } = bundle;
  if (fingerprint.sha256 !== sha256)
    return [
      fault("/fingerprint/sha256", "INVALID_VALUE", "is the fingerprint of another bundle: this one was altered"),
    ];
  return (["en", "zh-CN"] as const)
    .filter((language) => fingerprint.words[language] !== words[language])
    .map((language) =>
      fault(`/fingerprint/words/${language}`, "INVALID_VALUE", "are not the words of this fingerprint"),
    );
}

import type { Bundle } from "./bundle.ts";
import { cliqueListed, cliqueVotePassed } from "./clique.ts";
import { overridesOf } from "./config.ts";
import { hexOf, plainHash, readHeader } from "./header.ts";
import { qbftExtra, qbftVotePassed } from "./qbft.ts";

/** Who seals from a block on, ascending. */
export interface ValidatorSet {
  readonly since: number;
  readonly validators: readonly string[];
  /** whom the change added or dropped; null where a whole set came */
  readonly subject: string | null;
}

export interface Vote {
  readonly subject: string;
  readonly isAdded: boolean;
}

export function majorityOf(size: number): number {
  return Math.floor(size / 2) + 1;
}

/** All sets that the bundle leads to, the newest last; on a development chain the sealer. Throws where one does not follow. */
export function setsOf(bundle: Bundle): ValidatorSet[] {
  const { consensus, genesis, transitions } = bundle;
  const header = readHeader(genesis.header);
  if (hexOf(plainHash(header)) !== genesis.hash || header.number !== 0) throw new Error("another genesis header");
  const overrides = overridesOf(bundle);
  if (consensus.type === "development") return [{ since: 0, validators: [consensus.sealer], subject: null }];
  const isQbft = consensus.type === "qbft";
  const listed = isQbft ? qbftExtra(header).validators : cliqueListed(header);
  if (listed.length === 0 || new Set(listed).size !== listed.length) throw new Error("nobody, or somebody twice");
  const sets: ValidatorSet[] = [{ since: 0, validators: [...listed].sort(), subject: null }];
  const newest = (): number => sets.at(-1)?.since ?? 0;
  const override = (last: number): void => {
    const due = overrides.filter(({ since }) => since > newest() && since <= last);
    sets.push(...due.map((one) => ({ ...one, subject: null })));
  };
  for (const { votes, next } of transitions) {
    const headers = votes.map(readHeader);
    const deciding = headers.at(-1)?.number ?? -1;
    override(deciding);
    if (deciding < newest()) throw new Error("decided before the change before it");
    const passed = isQbft ? qbftVotePassed : cliqueVotePassed;
    const vote = passed(headers, next, sets, consensus.epoch);
    const since = deciding + 1;
    sets.push({ since, validators: changedBy(vote, setAt(sets, since)), subject: vote.subject });
  }
  override(Infinity);
  return sets;
}

/** The set that seals a block of this number. */
export function setAt(sets: readonly ValidatorSet[], number: number): readonly string[] {
  return sets.findLast(({ since }) => since <= number)?.validators ?? [];
}

/** Throws where the vote changes nothing, or leaves nobody. */
export function changedBy({ subject, isAdded }: Vote, before: readonly string[]): string[] {
  const others = before.filter((one) => one !== subject);
  const changed = isAdded ? [...others, subject].sort() : others;
  if (changed.length === before.length || changed.length === 0) throw new Error("a vote that changes nothing");
  return changed;
}

/** Whether a later change took the vote out of the count. */
export function isSpent(sets: readonly ValidatorSet[], number: number, voter: string, { subject }: Vote): boolean {
  return sets.slice(1).some((set) => {
    if (set.subject === null) return number < set.since - 1;
    return number < set.since && (set.subject === subject || set.subject === voter);
  });
}

export function isOneEpoch(numbers: readonly number[], epoch: number): boolean {
  const epochs = new Set(numbers.map((number) => Math.floor(number / epoch)));
  return epochs.size === 1 && numbers.every((number) => number % epoch !== 0);
}

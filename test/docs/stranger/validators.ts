import type { Bundle } from "./bundle.ts";
import { areTakingTurns, cliqueGenesisSet, cliqueSigner, cliqueVote, isChained, majority } from "./clique.ts";
import { hexOf, plainHash, readHeader, type Header } from "./header.ts";
import { isList, isObject, type Json } from "./json.ts";
import { isSealedByQuorum, qbftExtra, qbftHash } from "./qbft.ts";

/** Who seals from a block on, ascending. */
export interface ValidatorSet {
  readonly since: number;
  readonly validators: readonly string[];
}

/** All sets that the bundle leads to, the newest last; on a development chain the sealer. Throws where one does not follow. */
export function setsOf(bundle: Bundle): ValidatorSet[] {
  const { consensus, genesis, transitions } = bundle;
  const header = readHeader(genesis.header);
  if (hexOf(plainHash(header)) !== genesis.hash || header.number !== 0) throw new Error("another genesis header");
  if (consensus.type === "development") return [{ since: 0, validators: [consensus.sealer] }];
  const isQbft = consensus.type === "qbft";
  const first = { since: 0, validators: isQbft ? qbftExtra(header).validators : cliqueGenesisSet(header) };
  const sets: ValidatorSet[] = [first];
  const overrides = isQbft ? overridesOf(genesis.config) : [];
  for (const { votes, next } of transitions) {
    const headers = votes.map(readHeader);
    while (overrides[0] !== undefined && overrides[0].since <= (headers[0]?.number ?? 0))
      sets.push(...overrides.splice(0, 1));
    const before = sets.at(-1) ?? first;
    const follow = isQbft ? qbftChange : cliqueChange;
    sets.push(follow(before, headers, next, consensus.epoch));
  }
  return [...sets, ...overrides];
}

function overridesOf(config: Bundle["genesis"]["config"]): ValidatorSet[] {
  const transitions = config?.["transitions"];
  const listed = isObject(transitions) ? transitions["qbft"] : undefined;
  if (!isList(listed)) return [];
  return listed.flatMap((item: Json) => {
    const { block, validators } = isObject(item) ? item : {};
    if (!isList(validators)) return [];
    return [{ since: Number(block), validators: validators.map((one) => String(one).toLowerCase()).sort() }];
  });
}

function qbftChange(
  before: ValidatorSet,
  headers: readonly Header[],
  next: string | null,
  epoch: number,
): ValidatorSet {
  const { validators } = before;
  const [first, last] = [headers[0], headers.at(-1)];
  const vote = first === undefined ? null : qbftExtra(first).vote;
  if (first === undefined || last === undefined || vote === null || next === null) throw new Error("nobody voted");
  const epochs = new Set(headers.map(({ number }) => Math.floor(number / epoch)));
  const proposers = new Set(headers.map(({ coinbase }) => hexOf(coinbase)));
  const child = readHeader(next);
  const changed = changedBy(vote, validators);
  const rules = [
    headers.every((header, i) => header.number > (headers[i - 1]?.number ?? before.since - 1)),
    headers.every((header) => JSON.stringify(qbftExtra(header).vote) === JSON.stringify(vote)),
    headers.every((header) => isSealedByQuorum(header, validators)),
    proposers.size === headers.length && headers.length >= majority(validators.length),
    epochs.size === 1 && headers.every(({ number }) => number % epoch !== 0),
    child.number === last.number + 1 && child.parentHash.equals(qbftHash(last)),
    isSealedByQuorum(child, changed),
  ];
  if (rules.includes(false)) throw new Error("no change of QBFT's validators");
  return { since: child.number, validators: changed };
}

function cliqueChange(
  before: ValidatorSet,
  headers: readonly Header[],
  next: string | null,
  epoch: number,
): ValidatorSet {
  const { validators } = before;
  const [first, last] = [headers[0], headers.at(-1)];
  const vote = first === undefined ? null : cliqueVote(first);
  if (first === undefined || last === undefined || vote === null) throw new Error("nobody voted");
  const signers = headers.map(cliqueSigner);
  const changed = changedBy(vote, validators);
  const votes = headers.map((header) => JSON.stringify(cliqueVote(header)) === JSON.stringify(vote));
  const voters = new Set(signers.filter((_, i) => votes[i]));
  const rules = [
    next === null && first.number >= before.since,
    isChained(headers),
    signers.every((signer) => signer !== undefined && validators.includes(signer)),
    areTakingTurns(signers, validators.length),
    voters.size >= majority(validators.length) && votes.at(-1) === true,
    new Set(headers.map(({ number }) => Math.floor(number / epoch))).size === 1,
  ];
  if (rules.includes(false)) throw new Error("no change of Clique's signers");
  return { since: last.number + 1, validators: changed };
}

function changedBy({ subject, isAdded }: { subject: string; isAdded: boolean }, before: readonly string[]): string[] {
  if (before.includes(subject) === isAdded) throw new Error("a vote that changes nothing");
  const others = before.filter((one) => one !== subject);
  return (isAdded ? [...others, subject] : others).sort();
}

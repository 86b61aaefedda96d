import type { Certificate } from "../../../core/certificate/certificate.ts";
import { certifyRecord } from "../../../core/certificate/issue.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak, type Keccak } from "../../../core/ledger/keccak.ts";
import { nobleRecover, type Recover } from "../../../core/proofs/signature.ts";
import type { NotarisedRecord } from "../../../core/record/digest.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import type { TrustBundle, TrustFacts } from "../../../core/trust/bundle.ts";
import type { Trusted } from "../../../core/verify/trusted.ts";
import { verifyCertificate, type Verification, type VerifyInput } from "../../../core/verify/verify.ts";
import { bundleOf, chainId, ledgerAddress, sealedBlock, type BlockFacts, type ChainType } from "./chain.ts";
import { batchOf, ledgerState, type Anchored, type SetStatus, type StateOptions } from "./ledger-state.ts";
import { penalty, publicNamesOf } from "./records.ts";

export const anchoredAt = "2026-11-03T02:00:00.000Z";
/** The block that every proof is of, where a test says nothing else. */
export const asOf = { blockNumber: 90, blockTime: "2026-11-24T03:05:00.000Z" };

/** A record of the file: what of it is shown, and how the ledger says it stands. */
export interface Member {
  readonly record: NotarisedRecord;
  /** names of disclosures: what the public may see, where left out */
  readonly show?: readonly string[];
  /** left out: never set */
  readonly status?: SetStatus | undefined;
  /** of the batch */
  readonly size?: number;
}

export interface CertificateOptions extends Partial<Member> {
  readonly links?: readonly Member[];
  readonly consensus?: ChainType;
  readonly state?: StateOptions;
  readonly block?: Partial<BlockFacts>;
}

/** An honest certificate, made without a node: of the example penalty in a batch of five, in force, where nothing else is said. */
export function certificate(options: CertificateOptions = {}): Certificate {
  const { record = penalty(), links = [], consensus = "qbft", state } = options;
  const keccak = state?.keccak ?? nobleKeccak;
  const members = [{ ...options, record }, ...links];
  const anchored = members.map((member) => anchoredOf(member, keccak));
  const { stateRoot, proof } = ledgerState(anchored, state);
  const facts = { number: asOf.blockNumber, timestamp: Date.parse(asOf.blockTime) / 1000, stateRoot, ...options.block };
  const [own, ...others] = members.map(({ record: one, show = publicNamesOf(one) }, index) =>
    certifyRecord(one, new Set(show), anchored[index]!.batch),
  );
  return {
    format: "hufu-certificate",
    version: 1,
    record: own!,
    links: others,
    ledger: { chainId, genesisHash: bundleOf(consensus).genesis.hash, address: state?.address ?? ledgerAddress },
    proof: { block: sealedBlock(consensus, facts), ...proof },
    evidence: {
      transaction: `0x${"2".repeat(64)}`,
      blockNumber: 40,
      blockHash: `0x${"3".repeat(64)}`,
      signature: null,
    },
    issuedBy: "示例网关（虚构）",
  };
}

function anchoredOf({ record, status, size = 5 }: Member, keccak: Keccak): Anchored {
  const kind = builtInKinds.byName(record.header.kind)?.id ?? 0;
  return { record, kind, batch: batchOf(record, kind, size, keccak), anchoredAt, status };
}

const tools = { keccak: nobleKeccak, recover: nobleRecover };
const kept = new Map<ChainType, Trusted>();

/** What the chain's institutions published, followed. `other` replaces members of the bundle. */
export function trusted(type: ChainType = "qbft", other?: Partial<TrustFacts>): Trusted {
  const known = other === undefined ? kept.get(type) : undefined;
  if (known !== undefined) return known;
  const made = trustedOf(bundleOf(type, other));
  if (other === undefined) kept.set(type, made);
  return made;
}

export function trustedOf(bundle: TrustBundle): Trusted {
  return { bundle, state: followTrust(bundle, tools), broughtBy: "holder" };
}

/** Verifies under the bundle of a QBFT chain, where nothing else is said. */
export function verify(subject: Certificate, other: Partial<VerifyInput> = {}): Verification {
  return verifyCertificate({
    certificate: subject,
    kinds: builtInKinds,
    keccak: nobleKeccak,
    recover: rememberedRecover,
    trusted: "trusted" in other ? other.trusted : trusted(),
    ...other,
  });
}

const remembered = new Map<string, Uint8Array | null>();

/** The same seals are verified over and over: each is recovered once. */
export const rememberedRecover: Recover = (hash, signature, recovery) => {
  const key = `${recovery} ${Buffer.from(hash).toString("base64")} ${Buffer.from(signature).toString("base64")}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const made = nobleRecover(hash, signature, recovery);
  remembered.set(key, made);
  return made;
};

/** `OUTCOME CODE` of each check, for comparing. */
export function outcomes({ checks }: Verification): Record<string, string> {
  return Object.fromEntries(checks.map(({ id, outcome, code }) => [id, `${outcome} ${code}`]));
}

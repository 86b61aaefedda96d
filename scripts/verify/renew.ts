import type { Certificate } from "../../core/certificate/certificate.ts";
import { renewed, type Renewal } from "../../core/certificate/renew.ts";
import { HufuError } from "../../core/error.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { isGenuine } from "../../core/verify/verdict.ts";
import type { Verification } from "../../core/verify/verify.ts";
import { count } from "../../server/chain/quantity.ts";
import { createRpc } from "../../server/chain/rpc.ts";
import { createProver } from "../../server/proofs/prover.ts";
import type { Sealing } from "../../server/proofs/sealed-block.ts";
import { renewalByNode } from "../../server/record/renewal-by-node.ts";
import { shownAddress } from "../../server/web-address.ts";
import { fetchRenewal } from "./gateway-renewal.ts";
import type { RenewalSource } from "./question.ts";
import type { Remark } from "./remark.ts";

export interface RenewDeps {
  readonly kinds: KindRegistry;
  readonly keccak: Keccak;
  readonly trusted: Trusted | undefined;
}

const RPC_TIMEOUT_MS = 30_000;

/**
 * The certificate with a proof as of now, which is yet to be verified. A node proves what the ledger holds; the decision behind a status that
 * changed only a gateway has. Throws where nobody answers, or not what was asked.
 */
export async function renewCertificate(
  certificate: Certificate,
  source: RenewalSource,
  deps: RenewDeps,
): Promise<Certificate> {
  const { digest } = certificate.record;
  const renewal =
    source.from === "gateway" ? await fetchRenewal(source.url, digest) : await askNode(certificate, source.url, deps);
  return renewed(certificate, renewal);
}

/** What is to be said of a renewal, by what came of verifying the certificate with the new proof. */
export function remarksOnRenewal(
  { from, url }: RenewalSource,
  [before, after]: readonly [Certificate, Certificate],
  { verdict }: Verification,
): readonly Remark[] {
  const params = { url: shownAddress(url) };
  if (!isGenuine(verdict.code)) return [{ code: "NOT_RENEWED", params }];
  const lacksDecision = from === "node" && hasNewStatus(before, after);
  return [
    ...(lacksDecision ? [{ code: "DECISION_AT_GATEWAY", params: {} } as const] : []),
    { code: "RENEWED", params },
  ];
}

async function askNode(certificate: Certificate, url: string, deps: RenewDeps): Promise<Renewal> {
  const { keccak, kinds, trusted } = deps;
  if (trusted === undefined)
    throw new HufuError(
      "INVALID_TRUST",
      "To renew by a node takes a trust bundle that says who seals the chain: --trust.",
    );
  const sealing = sealingOf(trusted);
  const rpc = createRpc({ url: () => url, timeoutMs: RPC_TIMEOUT_MS });
  const chainId = count(await rpc.call("eth_chainId"), "the chain's id");
  if (chainId !== certificate.ledger.chainId)
    throw new HufuError(
      "NODE_ANSWER",
      `The node is of chain ${chainId}, the certificate of ${certificate.ledger.chainId}.`,
    );
  const prover = createProver({ rpc, keccak, ledger: certificate.ledger.address, sealing });
  const renewal = await renewalByNode(certificate, { prover, kinds, keccak });
  if (renewal === null)
    throw new HufuError("INVALID_REQUEST", "A record of a kind that is not known here cannot be renewed by a node.");
  return renewal;
}

function sealingOf({ bundle, state }: Trusted): Sealing {
  const { type } = bundle.consensus;
  if (type === "qbft") return { type };
  if (type === "clique") return { type, signers: () => Promise.resolve(state.validators.length) };
  const sentence = "This chain's blocks are sealed by its gateway alone: renew with --gateway.";
  throw new HufuError("INVALID_REQUEST", sentence);
}

/** Whether the last record that the new proof is of has another status than the former one says: what it rests on is not in the file. */
function hasNewStatus({ proof: before }: Certificate, { proof: after }: Certificate): boolean {
  return after.slots.some(({ status }, index) => status.value !== before.slots[index]?.status.value);
}

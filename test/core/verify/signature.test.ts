import { expect } from "chai";
import { Signature, TypedDataEncoder, Wallet } from "ethers";
import { hexToBytes, to0x } from "../../../core/bytes.ts";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { anchorHash } from "../../../core/verify/signature.ts";
import { signatory } from "../proofs/sealed-chain.ts";
import { market } from "./chain.ts";
import { certificate, outcomes, verify } from "./sample.ts";
import { officer, signed } from "./signed.ts";

const types = {
  Anchor: [
    { name: "agency", type: "bytes18" },
    { name: "kind", type: "uint8" },
    { name: "root", type: "bytes32" },
    { name: "count", type: "uint32" },
    { name: "deadline", type: "uint64" },
  ],
};

const checked = (subject: Certificate): string | undefined => outcomes(verify(subject))["signature"];

/** What another library signs and hashes. */
function domainAndValue({ record, ledger }: Certificate, deadline: number) {
  const { root, count } = record.batch;
  const domain = {
    name: "Hufu RecordLedger",
    version: "1",
    chainId: ledger.chainId,
    verifyingContract: ledger.address,
  };
  return { domain, value: { agency: to0x(new TextEncoder().encode(market)), kind: 1, root, count, deadline } };
}

describe("the agency's signature over the batch", () => {
  it("is over the EIP-712 hash that another library makes", () => {
    const subject = certificate();
    for (const deadline of [0, 1_793_000_000, Number.MAX_SAFE_INTEGER]) {
      const { domain, value } = domainAndValue(subject, deadline);
      const { root, count } = subject.record.batch;
      const hash = anchorHash({ agency: market, kind: 1, root, count, deadline }, subject.ledger, keccak);
      expect(to0x(hash)).to.equal(TypedDataEncoder.hash(domain, types, value));
    }
  });

  it("of another library's key matches", async () => {
    const subject = certificate();
    const wallet = new Wallet(to0x(officer.secretKey));
    const { domain, value } = domainAndValue(subject, 7);
    const signature = Signature.from(await wallet.signTypedData(domain, types, value)).serialized;
    const bytes = { signer: officer.address, deadline: 7, signature: to0x(hexToBytes(signature)) };
    expect(checked({ ...subject, evidence: { ...subject.evidence, signature: bytes } })).to.equal(
      "VALID SIGNATURE_MATCHES",
    );
  });

  it("of another batch, another key, another deadline, a contract, or cut short, proves nothing and alters nothing", () => {
    const subject = signed(certificate());
    const evidence = subject.evidence.signature!;
    const others = [
      signed(certificate({ size: 3 })).evidence.signature!,
      { ...evidence, signer: signatory("somebody").address },
      { ...evidence, deadline: evidence.deadline + 1 },
      { ...evidence, signer: `${officer.address}${"00".repeat(64)}` as const },
      { ...evidence, signature: evidence.signature.slice(0, -2) as `0x${string}` }, // as: still 0x and pairs of digits
      { ...evidence, signature: "0x" as const },
    ];
    for (const signature of others) {
      const found = verify({ ...subject, evidence: { ...subject.evidence, signature } });
      expect(outcomes(found)["signature"]).to.equal("SKIPPED SIGNATURE_NOT_CHECKED");
      expect(found.verdict.code).to.equal("in-force");
      expect(found.unknown.map(({ code }) => code)).to.include("AGENCY_SIGNATURE");
    }
  });
});

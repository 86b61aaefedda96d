import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import { createPatientRpc } from "../../../scripts/audit/patient-rpc.ts";
import { createProgress } from "../../../scripts/audit/progress.ts";
import { divergence } from "../../../scripts/audit/report.ts";
import { sayReport } from "../../../scripts/audit/say-report.ts";
import { hostileName, sampleReport } from "./sample-report.ts";
import { parseTrust } from "../../../scripts/audit/trust.ts";
import { batchWord, statusWord } from "../../../core/ledger/slots.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { solidityPacked, keccak256 } from "ethers";

describe("trust.json", () => {
  it("is refused by the same code as everywhere, in a sentence that says which file", () => {
    for (const [text, code] of [
      ["{", "MALFORMED_JSON"],
      ['{"format":"hufu-trust","version":0}', "INVALID_TRUST"],
      ["7", "INVALID_TRUST"],
    ] as const)
      expect(() => parseTrust(text))
        .to.throw(HufuError, /^The trust file cannot be used: /)
        .with.property("code", code);
  });
});

describe("the parts of an audit", () => {
  it("asks a silent node again, and a node that refuses never", async () => {
    let calls = 0;
    const fail = (code: "NODE_UNREACHABLE" | "NODE_REFUSED", times: number) =>
      createPatientRpc({
        call: () => (calls++ < times ? Promise.reject(new HufuError(code, "no")) : Promise.resolve("yes")),
        batch: () => Promise.resolve([]),
      });
    expect(await fail("NODE_UNREACHABLE", 1).call("eth_chainId")).to.equal("yes");
    expect(calls).to.equal(2);
    calls = 0;
    const refused = await fail("NODE_REFUSED", 1)
      .call("eth_chainId")
      .then(String, (error: unknown) => (error instanceof HufuError ? error.code : String(error)));
    expect([refused, calls]).to.deep.equal(["NODE_REFUSED", 1]);
  });

  it("tells its progress once a second, with the time left, and always its end", () => {
    const lines: string[] = [];
    let now = 0;
    const progress = createProgress(
      (line) => lines.push(line),
      () => now,
    );
    for (now = 0; now <= 2500; now += 100) progress.report("replayed", now, 2500);
    for (now = 10_000; now <= 310_000; now += 100_000) progress.report("compared", (now - 10_000) / 1000, 600);
    progress.say("a sentence");
    expect(lines).to.deep.equal([
      "[audit] replayed: 0 of 2,500 (0 %)",
      "[audit] replayed: 1,000 of 2,500 (40 %)",
      "[audit] replayed: 2,000 of 2,500 (80 %)",
      "[audit] replayed: 2,500 of 2,500 (100 %)",
      "[audit] compared: 0 of 600 (0 %)",
      "[audit] compared: 100 of 600 (16 %, about 8 min left)",
      "[audit] compared: 200 of 600 (33 %, about 7 min left)",
      "[audit] compared: 300 of 600 (50 %, about 5 min left)",
      "[audit] a sentence",
    ]);
  });

  it("says a divergence by its code, what was expected and found, and whom it concerns", () => {
    const found = divergence("DATABASE_RECORD_MISSING", "A record is missing", "a row", "none", {
      digest: "ab",
      agency: "X",
    });
    expect(found.sentence).to.equal("A record is missing: expected a row, found none (digest ab, agency X).");
    const report = { ...sampleReport, outcome: "DIVERGES", divergence: found } as const;
    expect(sayReport(report)).to.match(/^DIVERGES DATABASE_RECORD_MISSING\nA record is missing/);
    const error = { code: "NODE_UNREACHABLE", message: "No answer." };
    const unchecked = sayReport({ ...report, outcome: "ERROR", divergence: null, error });
    expect(unchecked)
      .to.match(/^COULD NOT BE CHECKED NODE_UNREACHABLE\nNo answer\./)
      .and.include("Not covered:");
  });

  it("lets no name from the chain move a terminal's cursor", () => {
    const found = divergence("AGENCY_NAME_DIFFERS", "A name", "a\nAGREES", hostileName);
    const said = sayReport({ ...sampleReport, outcome: "DIVERGES", divergence: found });
    expect(said)
      .not.to.match(/\p{Cc}(?<!\n)|\u202e/u)
      .and.not.to.include("\nAGREES");
  });

  it("packs slots as Solidity would", () => {
    const agency = `0x${Buffer.from("11440310XX0001011N").toString("hex")}`;
    const batch = { agency: "11440310XX0001011N", kind: 4, count: 500, blockTime: 1_795_000_000 };
    const types = ["bytes18", "uint8", "uint32", "uint40", "uint32"];
    expect(batchWord(batch)).to.equal(solidityPacked(types, [agency, 4, 500, 1_795_000_000, 0]));
    const basis = "ab".repeat(32);
    const status = { effect: "WITHDRAWN", version: 3, blockTime: 1_795_000_000, basis } as const;
    const hash = keccak256(`0x${basis}`).slice(0, 50);
    expect(statusWord(status, keccak)).to.equal(
      solidityPacked(["uint8", "uint16", "uint40", "bytes24"], [5, 3, 1_795_000_000, hash]),
    );
  });
});

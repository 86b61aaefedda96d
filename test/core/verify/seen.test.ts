import { expect } from "chai";

import { HufuError, type ErrorCode, type FaultCode } from "../../../core/error.ts";
import {
  nothingSeen,
  otherAtHeight,
  parseSeen,
  withSeen,
  type SeenHeader,
  type SeenStatus,
} from "../../../core/verify/seen.ts";

const hash = `0x${"ab".repeat(32)}` as const;
const header: SeenHeader = {
  chainId: 7,
  genesisHash: `0x${"cd".repeat(32)}`,
  blockNumber: 9,
  blockHash: hash,
  block: { header: "AAAA", following: ["AAAA"], seal: null },
};
const status: SeenStatus = { leaf: hash, version: 1, blockNumber: 9 };

type Refusal = [code: ErrorCode, ...faults: [code: FaultCode, pointer: string][]];

function refusalOf(value: unknown): Refusal | null {
  try {
    parseSeen(value);
    return null;
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return [error.code, ...error.faults.map(({ code, pointer }): [FaultCode, string] => [code, pointer])];
  }
}

describe("what a verifier has seen", () => {
  it("is what was kept, through JSON", () => {
    const seen = withSeen(nothingSeen, { header, statuses: [status] });
    expect(parseSeen(JSON.parse(JSON.stringify(seen)))).to.deep.equal({ headers: [header], statuses: [status] });
    expect(parseSeen(nothingSeen)).to.deep.equal(nothingSeen);
  });

  it("is of the chain that has the genesis block, whatever its id, as far as that was kept", () => {
    const { genesisHash: _, ...earlier } = header;
    const other = { ...header, blockHash: `0x${"ef".repeat(32)}` } as const;
    const elsewhere = { ...other, genesisHash: `0x${"12".repeat(32)}` } as const;
    const keeping = (kept: SeenHeader) => parseSeen({ headers: [kept], statuses: [] });
    expect(otherAtHeight(keeping(header), other)).to.deep.equal(header);
    expect(otherAtHeight(keeping(header), elsewhere)).to.equal(undefined);
    expect(otherAtHeight(keeping(earlier), elsewhere)).to.deep.equal(earlier);
    expect(withSeen(keeping(header), { header: elsewhere, statuses: [] }).headers).to.deep.equal([header, elsewhere]);
    expect(refusalOf({ headers: [{ ...header, genesisHash: "0x" }], statuses: [] })).to.deep.equal([
      "INVALID_REQUEST",
      ["INVALID_HEX", "/headers/0/genesisHash"],
    ]);
  });

  it("still reads after more was met than is kept", () => {
    let seen = nothingSeen;
    for (let blockNumber = 1; blockNumber <= 1001; blockNumber++) {
      const leaf = `0x${blockNumber.toString(16).padStart(64, "0")}` as const;
      seen = withSeen(seen, { header: { ...header, blockNumber }, statuses: [{ ...status, leaf }] });
    }
    expect([seen.headers.length, seen.statuses.length]).to.deep.equal([1000, 1000]);
    expect(parseSeen(seen)).to.deep.equal(seen);
    const more = { headers: [...seen.headers, header], statuses: [...seen.statuses, status] };
    expect(refusalOf(more)).to.deep.equal(["INVALID_REQUEST", ["TOO_LONG", "/headers"], ["TOO_LONG", "/statuses"]]);
  });

  it("is closed and bounded, and says every fault at once", () => {
    const { blockHash: _, ...rest } = header;
    const block = { ...header.block, following: Array.from({ length: 257 }, () => "AAAA"), header: "A" };
    const kept = {
      headers: [
        { ...rest, more: 1 },
        { ...header, block },
      ],
      statuses: [{ ...status, leaf: "0xAB", version: -1 }],
    };
    expect(refusalOf(kept)).to.deep.equal([
      "INVALID_REQUEST",
      ["MISSING_FIELD", "/headers/0/blockHash"],
      ["UNKNOWN_FIELD", "/headers/0/more"],
      ["INVALID_BASE64", "/headers/1/block/header"],
      ["TOO_LONG", "/headers/1/block/following"],
      ["INVALID_HEX", "/statuses/0/leaf"],
      ["WRONG_TYPE", "/statuses/0/version"],
    ]);
    expect(refusalOf([])).to.deep.equal(["INVALID_REQUEST", ["WRONG_TYPE", ""]]);
    expect(refusalOf({ headers: [], statuses: NaN })?.[0]).to.equal("MALFORMED_JSON");
  });
});

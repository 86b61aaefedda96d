import { expect } from "chai";
import { createHash } from "node:crypto";
import { builtInKinds, createKindRegistry } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import type { RecordView } from "../../web/answers.ts";
import { NoAnswer, type Gateway } from "../../web/browser/gateway.ts";
import { maxFileBytes, verifyFile } from "../../web/browser/verify-file.ts";
import { answer, market, record, successor } from "../../web/examples/base.ts";
import type { Found, Result } from "../../web/state.ts";
import { altered, asFile, certificate } from "./certificate.ts";

/** A gateway that remembers what it was told. */
function gatewayWith(
  records: readonly RecordView[],
  problem?: NoAnswer,
): { readonly gateway: Gateway; readonly heard: unknown[] } {
  const heard: unknown[] = [];
  const hear = <T>(question: unknown, reply: T): Promise<T> => {
    heard.push(question);
    return problem === undefined ? Promise.resolve(reply) : Promise.reject(problem);
  };
  const gateway: Gateway = {
    verify: (body) => hear(body, answer),
    record: (digest) => hear(digest, records.find((each) => each.digest === digest) ?? null),
    recordsWithFile: (sha256) =>
      hear(
        sha256,
        records.filter((each) => each.files.some((file) => file.sha256 === sha256)),
      ),
  };
  return { gateway, heard };
}

const verify = (file: File, gateway: Gateway): Promise<Found> =>
  verifyFile(file, { gateway, kinds: builtInKinds, keccak: nobleKeccak, progress: () => undefined });

function resultOf(found: Found): Result {
  if (found.is !== "result") throw new Error(`a result was expected, not ${JSON.stringify(found)}`);
  return found.result;
}
const problemsOf = (found: Found): unknown => (found.is === "problems" ? found.problems : found);
const outcomes = (result: Result): unknown => result.own?.map(({ id, outcome }) => [id, outcome]);

const scan = new File(["%PDF-1.7 a scan"], "scan.pdf");
const scanHash = createHash("sha256").update("%PDF-1.7 a scan").digest("hex");
const withScan: RecordView = {
  ...record,
  files: [{ name: "a.pdf", mediaType: "application/pdf", size: 15, sha256: scanHash }],
};

describe("verifyFile", () => {
  describe("a scan", () => {
    it("is found by its hash, and nothing else of it is told", async () => {
      const { gateway, heard } = gatewayWith([withScan]);
      const result = resultOf(await verify(scan, gateway));
      expect(result.matchedFile).to.deep.equal({ name: "scan.pdf", sha256: scanHash });
      expect(result.verdict).to.equal("in-force");
      expect(heard).to.deep.equal([scanHash, { digest: record.digest }]);
    });

    it("may be in no record, or in several", async () => {
      expect(await verify(scan, gatewayWith([]).gateway)).to.deep.equal({
        is: "no-match",
        by: "file",
        asked: "scan.pdf",
      });
      const two = [withScan, { ...withScan, digest: successor }];
      expect(await verify(scan, gatewayWith(two).gateway)).to.deep.equal({ is: "matches", by: "file", matches: two });
    });

    it("may be JSON that is no certificate", async () => {
      const found = await verify(new File(['{"a":1}'], "table.json"), gatewayWith([]).gateway);
      expect(found.is).to.equal("no-match");
    });

    it("without an answer has no verdict", async () => {
      const { gateway } = gatewayWith([withScan], new NoAnswer({ code: "rate-limited", detail: "30" }));
      expect(problemsOf(await verify(scan, gateway))).to.deep.equal([{ code: "rate-limited", detail: "30" }]);
    });

    it("that is empty, too large or gone is told, and nobody is asked", async () => {
      const { gateway, heard } = gatewayWith([]);
      const large = Object.defineProperty(new File([], "large.bin"), "size", { value: maxFileBytes + 1 });
      const gone = Object.defineProperty(new File(["x"], "folder"), "text", {
        value: () => Promise.reject(new DOMException("gone", "NotReadableError")),
      });
      expect(problemsOf(await verify(new File([], "empty"), gateway))).to.deep.equal([
        { code: "file-empty", field: "file" },
      ]);
      expect(problemsOf(await verify(large, gateway))).to.deep.equal([{ code: "file-too-large", field: "file" }]);
      expect(problemsOf(await verify(gone, gateway))).to.deep.equal([{ code: "file-unreadable", field: "file" }]);
      expect(heard).to.deep.equal([]);
    });
  });

  describe("a certificate", () => {
    it("is verified here, then asked about without any of its content", async () => {
      const { gateway, heard } = gatewayWith([]);
      const result = resultOf(await verify(asFile(certificate), gateway));
      expect(outcomes(result)).to.deep.equal([
        ["disclosures", "VALID"],
        ["schema", "VALID"],
        ["digest", "VALID"],
        ["path", "VALID"],
      ]);
      expect(result.verdict).to.equal("in-force");
      expect(heard).to.deep.equal([{ certificate: { ...certificate, disclosures: [] } }, certificate.digest]);
      for (const [salt, , value] of certificate.disclosures) {
        const told = JSON.stringify(heard);
        expect(told).not.to.include(salt);
        if (typeof value === "string" && value.length > 6 && value !== market.name && value !== market.uscc)
          expect(told).not.to.include(value);
      }
    });

    it("shows what its holder shows, masked as it is, and names what is left out and by whom", async () => {
      const result = resultOf(await verify(asFile(certificate), gatewayWith([]).gateway));
      expect(result.content).to.include({ fineAmountWan: "0.500000", decisionDocNo: record.documentNumber });
      expect(result.content?.["legalRepName"]).to.match(/^林\*/);
      expect(result.content).not.to.have.property("violationFacts");
      expect(result.notShown.byHolder).to.deep.equal(["violationFacts"]);
      expect(result.notShown.byLaw).to.include("legalRepIdNo");
      expect(result.files.map(({ name }) => name)).to.deep.equal(["行政处罚决定书.pdf"]);
      expect(result.unknown.map(({ code }) => code)).to.include("REST_OF_CONTENT");
    });

    it("that was altered shows nothing of itself, and nobody is asked", async () => {
      const { gateway, heard } = gatewayWith([record]);
      const result = resultOf(await verify(asFile(altered), gateway));
      expect(result.verdict).to.equal("altered");
      expect(result.own?.[0]).to.include({ id: "disclosures", outcome: "INVALID" });
      expect(result.own?.[0]?.sentence["zh-CN"]).to.include("罚款金额");
      expect([result.agency, result.kind, result.documentNumber, result.digest, result.content]).to.deep.equal([
        null,
        null,
        null,
        null,
        null,
      ]);
      expect(heard).to.deep.equal([]);
    });

    for (const [name, change] of [
      ["digest", { digest: "00".repeat(32) }],
      ["commitment", { commitments: ["00".repeat(32), ...certificate.commitments.slice(1)] }],
      ["root", { batch: { ...certificate.batch, root: `0x${"00".repeat(32)}` } }],
      ["agency of the batch", { batch: { ...certificate.batch, agency: "11440310XX00010469" } }],
    ] as const) {
      it(`with another ${name} is altered`, async () => {
        const result = resultOf(await verify(asFile({ ...certificate, ...change }), gatewayWith([]).gateway));
        expect(result.verdict).to.equal("altered");
      });
    }

    it("without an answer is sound, and its state today not known", async () => {
      const { gateway } = gatewayWith([], new NoAnswer({ code: "gateway-unreachable" }));
      const result = resultOf(await verify(asFile(certificate), gateway));
      expect(result.verdict).to.equal("certificate-only");
      expect(result.told).to.equal(null);
      expect(result.asOf).to.equal(null);
      expect(result.sentence.en).to.include("24 November 2026").and.include("in force");
      expect(outcomes(result)).to.deep.include(["status", "SKIPPED"]).and.deep.include(["state-proof", "SKIPPED"]);
    });

    it("of a kind that is not known here cannot be checked, which is not altered", async () => {
      const kinds = createKindRegistry(builtInKinds.all().filter(({ kind }) => kind !== "credit-penalty"));
      const { gateway } = gatewayWith([]);
      const deps = { gateway, kinds, keccak: nobleKeccak, progress: () => undefined };
      const result = resultOf(await verifyFile(asFile(certificate), deps));
      expect(result.verdict).to.equal("unreachable");
      expect(result.own?.find(({ id }) => id === "schema")?.outcome).to.equal("ERROR");
    });

    const text = JSON.stringify(certificate);
    const unreadable: readonly (readonly [string, string, string | undefined])[] = [
      ["cut short", text.slice(0, -20), undefined],
      ["of a version of tomorrow", text.replace('"version":0', '"version":7'), "/version"],
      ["with a field too many", text.replace('"digest":', '"extra":1,"digest":'), undefined],
      ["with a root that is none", text.replace(certificate.batch.root, "0x12"), "/batch/root"],
      ["with one key twice", text.replace('"version":0', '"version":0,"version":0'), "/version"],
    ];
    for (const [name, content, pointer] of unreadable) {
      it(`${name} is unreadable, which is not forged`, async () => {
        const { gateway, heard } = gatewayWith([]);
        const [problem] = problemsOf(await verify(new File([content], "c.json"), gateway)) as {
          code: string;
          detail?: string;
        }[];
        expect(problem).to.include({ code: "certificate-unreadable", field: "file" });
        if (pointer !== undefined) expect(problem?.detail).to.equal(pointer);
        expect(heard).to.deep.equal([]);
      });
    }

    it("is known by what it says, not by its file's name", async () => {
      expect(resultOf(await verify(asFile(certificate, "download"), gatewayWith([]).gateway)).own).not.to.equal(null);
    });
  });
});

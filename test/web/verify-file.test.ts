import { expect } from "chai";
import { createHash } from "node:crypto";
import type { RecordView } from "../../web/answers.ts";
import { readCertificate, readTrust, takeCertificate } from "../../web/browser/certificate-text.ts";
import { NoAnswer, type Gateway } from "../../web/browser/gateway.ts";
import { maxFileBytes, verifyFile, type FileOutcome } from "../../web/browser/verify-file.ts";
import { answer, record, successor } from "../../web/examples/base.ts";
import { bundleOf } from "../core/verify/chain.ts";
import { asFile, certificate } from "./certificate.ts";

interface Heard {
  readonly gateway: Gateway;
  readonly heard: unknown[];
}

/** A gateway that remembers what it was told. */
function gatewayWith(records: readonly RecordView[], problem?: NoAnswer): Heard {
  const heard: unknown[] = [];
  const hear = <T>(question: unknown, reply: T): Promise<T> => {
    heard.push(question);
    return problem === undefined ? Promise.resolve(reply) : Promise.reject(problem);
  };
  const has = (record: RecordView, sha256: string): boolean => record.files.some((file) => file.sha256 === sha256);
  const gateway: Gateway = {
    verify: (body) => hear(body, answer),
    record: (digest) => hear(digest, null),
    recordsWithFile: (sha256) => hear(sha256, records.filter((each) => has(each, sha256))), // prettier-ignore
    certificate: (digest) => hear(digest, {}),
    renewal: (digest) => hear(digest, {}),
    trust: () => hear("trust", {}),
  };
  return { gateway, heard };
}

/** What was done with the file: its text went to a reader, or something was found. */
async function verify(file: File, gateway: Gateway | null): Promise<FileOutcome & { readonly read?: string[] }> {
  const read: string[] = [];
  const found = await verifyFile(file, {
    gateway,
    certificate: async (text) => (read.push("certificate", text), { is: "nothing" }),
    trust: async (text) => (read.push("trust", text), { is: "trust" }),
    progress: () => undefined,
  });
  return read.length === 0 ? found : { ...found, read };
}

const problemsOf = (found: FileOutcome): unknown => (found.is === "problems" ? found.problems : found);

const scan = new File(["%PDF-1.7 a scan"], "scan.pdf");
const scanHash = createHash("sha256").update("%PDF-1.7 a scan").digest("hex");
const withScan: RecordView = {
  ...record,
  files: [{ name: "a.pdf", mediaType: "application/pdf", size: 15, sha256: scanHash }],
};

describe("a file", () => {
  describe("that is a scan", () => {
    it("is found by its hash, and nothing else of it is told", async () => {
      const { gateway, heard } = gatewayWith([withScan]);
      const found = await verify(scan, gateway);
      if (found.is !== "result") return expect.fail(found.is);
      expect(found.result.matchedFile).to.deep.equal({ name: "scan.pdf", sha256: scanHash });
      expect([found.result.verdict, found.result.checkedBy]).to.deep.equal(["in-force", "gateway"]);
      expect(heard).to.deep.equal([scanHash, { digest: record.digest }]);
    });

    it("may be in no record, or in several", async () => {
      const none = { is: "no-match", by: "file", asked: "scan.pdf" };
      expect(await verify(scan, gatewayWith([]).gateway)).to.deep.equal(none);
      const two = [withScan, { ...withScan, digest: successor }];
      expect(await verify(scan, gatewayWith(two).gateway)).to.deep.equal({ is: "matches", by: "file", matches: two });
    });

    it("may be JSON that is no certificate", async () => {
      expect((await verify(new File(['{"a":1}'], "table.json"), gatewayWith([]).gateway)).is).to.equal("no-match");
    });

    it("without an answer has no verdict", async () => {
      const { gateway } = gatewayWith([withScan], new NoAnswer({ code: "rate-limited", detail: "30" }));
      expect(problemsOf(await verify(scan, gateway))).to.deep.equal([{ code: "rate-limited", detail: "30" }]);
    });

    it("cannot be looked up offline", async () => {
      expect(problemsOf(await verify(scan, null))).to.deep.equal([{ code: "needs-gateway", field: "file" }]);
    });

    it("that is empty, too large or gone is told, and nobody is asked", async () => {
      const { gateway, heard } = gatewayWith([]);
      const large = Object.defineProperty(new File([], "large.bin"), "size", { value: maxFileBytes + 1 });
      const gone = Object.defineProperty(new File(["x"], "folder"), "slice", {
        value: () => ({ text: () => Promise.reject(new DOMException("gone", "NotReadableError")) }),
      });
      for (const [file, code] of [
        [new File([], "empty"), "file-empty"],
        [large, "file-too-large"],
        [gone, "file-unreadable"],
      ] as const)
        expect(problemsOf(await verify(file, gateway))).to.deep.equal([{ code, field: "file" }]);
      expect(heard).to.deep.equal([]);
    });
  });

  describe("that is a certificate or a trust bundle", () => {
    it("is read here, by what it says and not by its name, and nobody is asked", async () => {
      const { gateway, heard } = gatewayWith([]);
      for (const name of ["证书.json", "download", "paper.pdf"]) {
        const { read } = await verify(asFile(certificate, name), gateway);
        expect(read).to.deep.equal(["certificate", JSON.stringify(certificate)]);
        expect((await verify(asFile(bundleOf(), name), gateway)).read?.[0]).to.equal("trust");
      }
      expect(heard).to.deep.equal([]);
    });

    it("is what its format says, whatever a name in it is", async () => {
      const { gateway } = gatewayWith([]);
      const { read } = await verify(asFile({ ...certificate, issuedBy: "hufu-trust" }), gateway);
      expect(read?.[0]).to.equal("certificate");
    });

    it("is meant to be a certificate where it is called .json and is none", async () => {
      const { read } = await verify(new File(["{"], "c.json"), gatewayWith([]).gateway);
      expect(read).to.deep.equal(["certificate", "{"]);
    });
  });

  describe("text of a certificate", () => {
    const text = JSON.stringify(certificate);

    it("is read as it was written", () => expect(readCertificate(text)).to.deep.equal(certificate));

    const unreadable: readonly (readonly [string, string, string | undefined])[] = [
      ["cut short", text.slice(0, -20), undefined],
      ["of version 0", text.replace('"version":1', '"version":0'), "/version"],
      ["of a version of tomorrow", text.replace('"version":1', '"version":7'), "/version"],
      ["with a field too many", text.replace('"record":', '"extra":1,"record":'), "/extra"],
      ["with a root that is none", text.replace(certificate.record.batch.root, "0x12"), "/record/batch/root"],
      ["with one key twice", text.replace('"version":1', '"version":1,"version":1'), "/version"],
    ];
    for (const [name, content, pointer] of unreadable) {
      it(`${name} is unreadable, which is not forged`, () => {
        const problem = readCertificate(content);
        expect(problem).to.include({ code: "certificate-unreadable", field: "file" });
        if (pointer !== undefined) expect(problem).to.include({ detail: pointer });
      });
    }

    it("that the gateway gave may be unreadable, too", () => {
      expect(takeCertificate(JSON.parse(text))).to.deep.equal(certificate);
      expect(takeCertificate({})).to.include({ code: "certificate-unreadable" });
    });
  });

  it("text of a trust bundle is read, or says where it is wrong", () => {
    const bundle = bundleOf();
    expect(readTrust(JSON.stringify(bundle))).to.deep.equal(bundle);
    expect(readTrust(JSON.stringify({ ...bundle, chainId: 3 }))).to.deep.equal({
      code: "trust-unreadable",
      field: "file",
      detail: "/fingerprint/sha256",
    });
  });
});

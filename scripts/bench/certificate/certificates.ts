import { createKeccak } from "../../../core/ledger/keccak.ts";
import { wasmRecover } from "../../../server/chain/recover.ts";
import { printRows, rowOf, type Goal, type Row } from "../sample.ts";
import { bundle, gzipSize, timesInChromium } from "./in-browser.ts";
import { timesOfIssuing } from "./issued.ts";
import { createSpecimen, type Specimen } from "./specimen.ts";
import { createJudge, timesOf } from "./verifier.ts";

export interface CertificatesBench {
  /** of the largest ledger */
  readonly slots: number;
  /** that are anchored and whose certificates are taken; the first 20 do not count */
  readonly records: number;
  readonly rounds: number;
}

const whole: CertificatesBench = { slots: 1_000_000, records: 500, rounds: 100 };

/** What a certificate weighs, how long it takes to issue and to verify, and what the verifier weighs. */
export async function benchCertificates({ slots, records, rounds }: CertificatesBench = whole): Promise<Row[]> {
  const keccak = await createKeccak();
  const small = createSpecimen(0, keccak);
  const sizes = [
    sizeRow("1 slot", small, { atMost: 12 }),
    sizeRow("1,000 slots", createSpecimen(999, keccak), { atMost: 12 }),
  ];
  const large = createSpecimen(slots - 1, keccak);
  sizes.push(sizeRow(`${slots.toLocaleString("en")} slots`, large, { atMost: 16 }));
  const { certificates, views } = await timesOfIssuing(records);
  return [
    ...sizes,
    rowOf("issued by the gateway", "ms", certificates, { atMost: 10 }),
    rowOf("the record alone, by the same gateway", "ms", views),
    ...(await verifyRows(large, rounds)),
  ];
}

function sizeRow(name: string, { certificate }: Specimen, goal: Goal): Row {
  return rowOf(`certificate, ledger of ${name}`, "kB", [Buffer.byteLength(JSON.stringify(certificate)) / 1000], goal);
}

async function verifyRows({ certificate, trust }: Specimen, rounds: number): Promise<Row[]> {
  const texts = { certificate: JSON.stringify(certificate), trust: JSON.stringify(trust) };
  const goal = { atMost: 100 };
  const plain = createJudge(texts.trust);
  const wasm = createJudge(texts.trust, { keccak: await createKeccak(), recover: wasmRecover });
  const script = await bundle("verifier.ts");
  const inChromium = await timesInChromium(script, texts, rounds);
  return [
    inChromium === null
      ? rowOf("verified in Chromium: no Chromium here", "ms", [])
      : rowOf("verified in Chromium", "ms", inChromium, goal),
    rowOf("verified in Node, plain JavaScript", "ms", timesOf(plain, texts.certificate, rounds), goal),
    rowOf("verified in Node, WebAssembly", "ms", timesOf(wasm, texts.certificate, rounds)),
    rowOf("the verifier, with gzip", "kB", [gzipSize(await bundle("judge.ts")) / 1000], { atMost: 60 }),
    rowOf("the same with every sentence in both languages", "kB", [gzipSize(script) / 1000]),
  ];
}

if (import.meta.main) printRows(await benchCertificates());

import { effects } from "../../../core/ledger/effect.ts";
import type { Figures } from "../../../scripts/audit/figures/figures.ts";
import { notCoveredSentences, type AuditReport } from "../../../scripts/audit/report.ts";

/** A name that somebody enrolled to play a trick on whoever reads a page or a terminal. */
export const hostileName = "</text><script>alert(1)</script>\u202e]]>\u001b[2J&\"'";

const address = `0x${"1e".repeat(20)}` as const;
const hash = `0x${"ab".repeat(32)}` as const;

/** A ledger with something of everything. */
export const sampleFigures: Figures = {
  byAgency: Array.from({ length: 26 }, (_, index) => ({
    agency: `11440310XX00${String(index).padStart(5, "0")}N`,
    name:
      index === 3
        ? hostileName
        : `坪山示例${["市场监管", "司法", "住房和建设", "规划和自然资源"][index % 4]!}局第${index}所`,
    records: Math.round(90_000 / (index + 1)),
    batches: Math.round(400 / (index + 1)),
  })),
  byKind: [1, 2, 3, 4, 9].map((kind) => ({ kind, name: null, records: Math.round(100_000 / kind) })),
  byMonth: Array.from({ length: 14 }, (_, index) => ({
    month: `${2025 + Math.floor((index + 8) / 12)}-${String(((index + 8) % 12) + 1).padStart(2, "0")}`,
    records: index === 5 ? 0 : 10_000 + 1_777 * index,
    batches: index === 5 ? 0 : 100 + index,
  })),
  statuses: effects.map((effect, index) => ({ effect, records: [331_204, 412, 1_207, 88, 9][index]! })),
  batchSizes: [1, 2, 10, 50, 100, 200, 500, 1000].map((from, index, bounds) => ({
    from,
    below: bounds[index + 1] ?? null,
    count: [40, 210, 180, 90, 66, 120, 480, 0][index]!,
  })),
  timeToAnchored: {
    measured: 332_920,
    median: 2,
    p95: 4,
    longest: 4_210,
    seconds: [0, 1, 2, 3, 5, 10, 30, 60, 600, 3600].map((from, index, bounds) => ({
      from,
      below: bounds[index + 1] ?? null,
      count: [1_200, 96_000, 170_000, 60_400, 4_900, 300, 80, 30, 8, 2][index]!,
    })),
    toldBy: "database",
  },
};

export const sampleReport: AuditReport = {
  format: "hufu-audit",
  version: 1,
  outcome: "AGREES",
  madeAt: "2026-11-25T08:30:00.000Z",
  ledger: { chainId: 424_242, genesisHash: hash, address },
  trust: { fingerprint: "cd".repeat(32), isGatewayAlone: false },
  consensus: "qbft",
  blocks: { from: 1, to: 48_213 },
  proven: {
    block: { number: 48_213, hash, time: "2026-11-25T08:29:58.000Z", stateRoot: hash },
    seals: { by: 3, of: 4, signers: [address, address, address] },
    codes: 4,
    heads: true,
    blocksOfEvents: 1_186,
    headers: { to: 48_213, hash, seals: 144_639, validators: [{ since: 0, validators: [address] }] },
  },
  replayed: { events: 3_118, batches: 1_186, records: 332_920, statusChanges: 1_716, agencies: 26 },
  heads: { ledger: hash, agencies: hash },
  compared: { roots: 1_186, statuses: 1_716, agencies: 26, recordsInDatabase: 332_920 },
  missing: { atGateway: null, inDatabase: null },
  figures: sampleFigures,
  divergence: null,
  error: null,
  notCovered: (["AGENCY_SIGNATURES", "ACCESS_MANAGER", "GATEWAY_CONTENT"] as const).map((code) => ({
    code,
    sentence: notCoveredSentences[code],
  })),
  seconds: { replay: 1.2, all: 4.5 },
};

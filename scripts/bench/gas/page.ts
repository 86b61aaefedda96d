export const counts = [1, 10, 100, 500] as const;

/** Gas a record, for each of `counts`. */
export interface Row {
  readonly name: string;
  readonly gas: readonly number[];
}

export interface Figures {
  readonly anchor: Row;
  readonly prague: Row;
  readonly p256: Row;
  readonly timestamp: Row;
  readonly others: readonly Row[];
  /** Gas of a single change of status, and of each of twenty under one signature. */
  readonly statuses: readonly [number, number];
  /** Gas a record of the tree alone, at 500. */
  readonly trees: { readonly assembly: number; readonly plain: number };
}

const atMost = { single: 75_000, in500: 1_350 };
const timesBelowEas = 18;

/** `docs/gas.md`: no date and no machine in it, for the same contracts give the same figures, but for zero bytes in random digests. */
export function page(figures: Figures): string {
  const { anchor, prague, p256, timestamp, others, statuses, trees } = figures;
  const rows = [anchor, prague, p256, timestamp, ...others].map(({ name, gas }) => [name, ...gas.map(rounded)]);
  return `# Gas

Gas a record, of whole transactions by their receipts, by the number of records in one transaction. Written by \`npm run bench:gas\`, all
on one EVM under Shanghai rules, unless a row says Prague; never the first transaction of a contract, which pays for slots that later ones
find. Figures move by a few units from run to run with the zero bytes of random digests.

${table([["", ...counts.map(String)], ...rows])}

At 500 a batch that is ${ratio(figures).toFixed(1)} times below EAS \`multiTimestamp\`. One change of status costs ${rounded(statuses[0])}, each of
twenty under one signature ${rounded(statuses[1])}, of records in a batch of 500.

## What it buys, and what is cheaper

Ours includes everything: the agency's EIP-712 signature by a secp256k1 key, its rights looked up, the root computed by the contract itself, a
slot that says agency, kind, count and time, the journal extended, and every digest in the event. So the ledger can be replayed from the chain
alone, and no relayer can name a root of what nobody published.

It is not the cheapest. \`issue(root)\`, OpenAttestation's usual practice, costs one transaction whatever the number of records, and ours will
never come near. What it lacks: the digests are nowhere on chain, so nobody can replay it or say what is missing; the root may be of
anything; the author is whoever sent the transaction. \`timestamp\` has no author at all.

Under Prague's calldata floor (EIP-7623) no transaction with 500 digests can cost less than about 1,320 a record.

## What the assembly buys

The tree of a batch of 500, leaves and their order included, costs ${rounded(trees.assembly)} a record in
\`contracts/libraries/MerkleTree.sol\` and ${rounded(trees.plain)} in careful plain Solidity, calldata and all else apart: with the latter a
record would cost ${rounded((anchor.gas[3] ?? NaN) - trees.assembly + trees.plain)}, beyond what we promise.
`;
}

/** The promises that these figures break, one sentence each. */
export function failures(figures: Figures): string[] {
  const { single, in500 } = { single: figures.anchor.gas[0] ?? NaN, in500: figures.anchor.gas[3] ?? NaN };
  const broken: string[] = [];
  if (!(single <= atMost.single)) broken.push(`a single record costs ${single}, more than ${atMost.single}`);
  if (!(in500 <= atMost.in500)) broken.push(`a record at 500 costs ${in500}, more than ${atMost.in500}`);
  if (!(ratio(figures) >= timesBelowEas)) broken.push(`only ${ratio(figures)} times below EAS, not ${timesBelowEas}`);
  return broken;
}

function ratio({ anchor, timestamp }: Figures): number {
  return (timestamp.gas[3] ?? NaN) / (anchor.gas[3] ?? NaN);
}

/** A table as Prettier writes it: the first column to the left, figures to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const padded = rows.map((row) =>
    line(widths.map((width, column) => (column === 0 ? row[0]?.padEnd(width) : row[column]?.padStart(width)) ?? "")),
  );
  const rule = line(widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)));
  return [padded[0], rule, ...padded.slice(1)].join("\n");
}

function rounded(gas: number): string {
  return Math.round(gas).toLocaleString("en");
}

import { inBeijing } from "../../../core/messages/beijing.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { effects, type Effect } from "../../../core/ledger/effect.ts";
import type { Replay } from "../../../core/ledger/replay.ts";
import { bucketed, type Bucket } from "./buckets.ts";
import type { Waits } from "./waits.ts";

/** What the ledger holds, counted. Each list is whole and in the order in which it is shown. */
export interface Figures {
  /** most records first; the name as the register has it now */
  readonly byAgency: readonly AgencyFigure[];
  /** by number */
  readonly byKind: readonly KindFigure[];
  /** months in Asia/Shanghai, none left out between the first and the last */
  readonly byMonth: readonly MonthFigure[];
  /** what is true of the records now */
  readonly statuses: readonly StatusFigure[];
  /** batches by how many records they hold */
  readonly batchSizes: readonly Bucket[];
  /** null where neither a database nor a gateway was named, which alone know when a record was accepted */
  readonly timeToAnchored: Waits | null;
}

export interface AgencyFigure {
  readonly agency: string;
  readonly name: string;
  readonly records: number;
  readonly batches: number;
}

/** `name` is null for a kind that is not known here. */
export interface KindFigure {
  readonly kind: number;
  readonly name: string | null;
  readonly records: number;
}

export interface MonthFigure {
  /** YYYY-MM */
  readonly month: string;
  readonly records: number;
  readonly batches: number;
}

export interface StatusFigure {
  readonly effect: Effect;
  readonly records: number;
}

/** Lower bounds of the sizes that are counted together. */
const batchSizes = [1, 2, 10, 50, 100, 200, 500, 1000];

/** Counts what was replayed. A record that was anchored twice counts twice, as in the replay's own counts. */
export function figuresOf(replay: Replay, waits: Waits | null): Figures {
  const batches = replay.batches();
  const agencies = counted(batches, ({ agency }) => agency);
  const months = counted(batches, ({ blockTime }) => monthOf(blockTime));
  const kinds = counted(batches, ({ kind }) => kind);
  return {
    byAgency: [...agencies]
      .map(([agency, count]) => ({ agency, name: replay.agency(agency)?.name ?? "", ...count }))
      .sort((a, b) => b.records - a.records || (a.agency < b.agency ? -1 : 1)),
    byKind: [...kinds]
      .map(([kind, { records }]) => ({ kind, name: builtInKinds.byId(kind)?.kind ?? null, records }))
      .sort((a, b) => a.kind - b.kind),
    byMonth: withoutGaps([...months.keys()]).map((month) => ({ month, ...(months.get(month) ?? nothing) })),
    statuses: statusesOf(replay),
    batchSizes: bucketed(
      batches.map(({ count }) => count),
      batchSizes,
    ),
    timeToAnchored: waits,
  };
}

interface Count {
  readonly records: number;
  readonly batches: number;
}

const nothing: Count = { records: 0, batches: 0 };

function counted<B extends { readonly count: number }, K>(all: readonly B[], keyOf: (batch: B) => K): Map<K, Count> {
  const counts = new Map<K, Count>();
  for (const batch of all) {
    const { records, batches } = counts.get(keyOf(batch)) ?? nothing;
    counts.set(keyOf(batch), { records: records + batch.count, batches: batches + 1 });
  }
  return counts;
}

/** A record whose status was never set is in force. */
function statusesOf(replay: Replay): StatusFigure[] {
  const counts = new Map<Effect, number>();
  for (const { effect } of replay.statuses().values()) counts.set(effect, (counts.get(effect) ?? 0) + 1);
  const neverSet = replay.counts().records - replay.statuses().size;
  counts.set("IN_FORCE", (counts.get("IN_FORCE") ?? 0) + neverSet);
  return effects.map((effect) => ({ effect, records: counts.get(effect) ?? 0 }));
}

/** YYYY-MM in Asia/Shanghai; `time` in seconds. */
export function monthOf(time: number): string {
  return inBeijing(new Date(1000 * time).toISOString()).date.slice(0, 7);
}

/** More months than these in between are a clock that was set wrong: then only those that hold something are shown. */
const longestPlot = 600;

function withoutGaps(months: readonly string[]): string[] {
  const sorted = [...months].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let month = first; month <= last && all.length < longestPlot; month = nextMonth(month)) all.push(month);
  return all.at(-1) === last ? all : sorted;
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${next[0]}-${String(next[1]).padStart(2, "0")}`;
}

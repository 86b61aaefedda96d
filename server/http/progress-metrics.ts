import { Gauge, type Registry } from "prom-client";

import type { Progress } from "../record/progress.ts";

/** Shows how far the anchoring has come, as of when it is asked. */
export function exposeProgress(metrics: Registry, progress: () => Progress): void {
  function expose(name: string, help: string, value: (now: Progress) => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [metrics], collect: () => gauge.set(value(progress())) });
  }
  expose("hufu_backlog_records", "Records accepted and not yet anchored", ({ backlog }) => backlog);
  expose("hufu_head_block", "Newest block whose events were read; -1: none", ({ head }) => head?.blockNumber ?? -1);
  expose(
    "hufu_saved_block",
    "Newest block in a saved dump of the embedded chain; -1: none",
    ({ savedBlock }) => savedBlock ?? -1,
  );
  expose("hufu_chain_up", "1 while the chain answers, and makes blocks when something waits for one", (now) =>
    now.chainUp && !now.isStandingStill ? 1 : 0,
  );
  expose(
    "hufu_chain_head_age_seconds",
    "Time since a new block was last seen; -1: none was",
    ({ headAgeSeconds }) => headAgeSeconds ?? -1,
  );
}

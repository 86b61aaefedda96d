import { expect } from "chai";
import { Registry } from "prom-client";

import { anchoringMetrics } from "../../../server/anchoring/metrics.ts";

describe("metrics of the anchoring", () => {
  it("count what the hooks tell", async () => {
    const registry = new Registry();
    const hooks = anchoringMetrics(registry);
    hooks.batched?.(5);
    hooks.sent?.();
    hooks.anchored?.(5, 1_500);
    hooks.statusSet?.();
    hooks.rewound?.();
    hooks.lost?.(3);
    hooks.alarm?.("BLOCKS_LOST");
    hooks.alarm?.("BLOCKS_LOST");
    const text = await registry.metrics();
    for (const line of [
      "hufu_records_batched_total 5",
      "hufu_attempts_total 1",
      "hufu_records_anchored_total 5",
      "hufu_statuses_set_total 1",
      "hufu_reorganisations_total 1",
      "hufu_orders_lost_total 3",
      'hufu_alarms_total{code="BLOCKS_LOST"} 2',
      'hufu_batch_to_anchored_seconds_bucket{le="1"} 0',
      'hufu_batch_to_anchored_seconds_bucket{le="2"} 1',
    ])
      expect(text).to.include(`${line}\n`);
  });
});

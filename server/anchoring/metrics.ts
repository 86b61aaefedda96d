import { Counter, Histogram, type Registry } from "prom-client";

import type { AnchoringHooks } from "./hooks.ts";

/** Counts what the anchoring tells. `hufu_orders_lost_total` above 0 means that blocks fell out of the chain: a person should know why. */
export function anchoringMetrics(registry: Registry): AnchoringHooks {
  const registers = [registry];
  const batched = new Counter({ name: "hufu_records_batched_total", help: "Records put into a batch", registers });
  const sent = new Counter({ name: "hufu_attempts_total", help: "Transactions handed to a node", registers });
  const anchored = new Counter({
    name: "hufu_records_anchored_total",
    help: "Records whose batch is in a block",
    registers,
  });
  const statuses = new Counter({ name: "hufu_statuses_set_total", help: "Statuses that are in a block", registers });
  const rewinds = new Counter({
    name: "hufu_reorganisations_total",
    help: "Times that blocks which were read fell out of the chain; of one or two blocks they are ordinary under Clique",
    registers,
  });
  const lost = new Counter({
    name: "hufu_orders_lost_total",
    help: "Orders whose block fell out of the chain; they are sent again",
    registers,
  });
  const alarms = new Counter({
    name: "hufu_alarms_total",
    help: "Things that a person should look at",
    labelNames: ["code"],
    registers,
  });
  const seconds = new Histogram({
    name: "hufu_batch_to_anchored_seconds",
    help: "Time from the making of a batch to its block",
    buckets: [0.5, 1, 2, 3, 5, 10, 30, 120, 600],
    registers,
  });
  return {
    batched: (records) => batched.inc(records),
    sent: () => sent.inc(),
    anchored(records, sinceBatched) {
      anchored.inc(records);
      seconds.observe(sinceBatched / 1000);
    },
    statusSet: () => statuses.inc(),
    rewound: () => rewinds.inc(),
    lost: (orders) => lost.inc(orders),
    alarm: (code) => alarms.inc({ code }),
  };
}

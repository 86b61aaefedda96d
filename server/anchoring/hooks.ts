/** What the anchoring tells whoever counts: metrics, tests. None of them may throw or wait. */
export interface AnchoringHooks {
  /** a batch was made */
  readonly batched?: (records: number) => void;
  /** an attempt was handed to a node for the first time */
  readonly sent?: () => void;
  /** a batch is in a block; `sinceBatched` in milliseconds */
  readonly anchored?: (records: number, sinceBatched: number) => void;
  /** a status is in a block */
  readonly statusSet?: () => void;
  /** blocks that were read fell out of the chain, whatever they held */
  readonly rewound?: () => void;
  /** orders whose blocks fell out of the chain; they are sent again */
  readonly lost?: (orders: number) => void;
  /** something that a person should look at, by its code */
  readonly alarm?: (code: string) => void;
}

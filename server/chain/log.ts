/** Where the chain side tells what it does. Sentences and details hold no content of records. */
export type Log = (
  level: "debug" | "info" | "warn" | "error",
  sentence: string,
  details?: Readonly<Record<string, unknown>>,
) => void;

const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Validators are processes of their own, and would outlive a test that somebody interrupts: then `end` is called, once, whatever npm passes on, and the
 * process exits with 130. Answers how to let go of it.
 */
export function endIfInterrupted(end: () => Promise<unknown>): () => void {
  let ending: Promise<unknown> | undefined;
  const interrupted = (): void => void (ending ??= end().finally(() => process.exit(130)));
  for (const signal of signals) process.on(signal, interrupted);
  return () => {
    for (const signal of signals) process.removeListener(signal, interrupted);
  };
}

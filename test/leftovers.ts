import { exit, getActiveResourcesInfo } from "node:process";

const PATIENCE_MS = 30_000;

/**
 * Mocha does not end while a test's process, server or timer lives, and a run that nobody watches would hang for ever: what lives on after the last test is
 * a failure, and is named. The timer itself keeps nothing alive.
 */
export function mochaGlobalTeardown(): void {
  setTimeout(() => {
    console.error(`after the last test there is still something running: ${getActiveResourcesInfo().join(", ")}`);
    exit(1);
  }, PATIENCE_MS).unref();
}

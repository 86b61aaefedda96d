/** One thing that the tour shows: what was expected, what came out. */
export interface Finding {
  readonly step: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
}

export interface Steps {
  /** aborted when the tour is interrupted */
  readonly signal: AbortSignal;
  /** Announces a part of the tour. Throws if the tour is interrupted. */
  begin(title: string): void;
  /** Compares, prints a line, and keeps the finding. */
  expect(what: string, found: unknown, expected: unknown): void;
  /** A line that explains; nothing is compared. */
  say(line: string): void;
  findings(): readonly Finding[];
}

/** Collects findings and prints them as they come. */
export function createSteps(print: (line: string) => void, signal: AbortSignal): Steps {
  const findings: Finding[] = [];
  let step = "";
  return {
    signal,
    begin(title) {
      signal.throwIfAborted();
      step = title;
      print(`\n${String(new Set(findings.map((finding) => finding.step)).size + 1)}. ${title}`);
    },
    expect(what, found, expected) {
      const finding = {
        step,
        what,
        expected: String(expected),
        found: String(found),
        ok: String(found) === String(expected),
      };
      findings.push(finding);
      print(
        finding.ok
          ? `   ✓ ${what}: ${finding.found}`
          : `   ✗ ${what}: expected ${finding.expected}, found ${finding.found}`,
      );
    },
    say: (line) => print(`     ${line}`),
    findings: () => findings,
  };
}

/** One thing that the tour shows: what was expected, what came out. */
export interface Finding {
  readonly step: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
}

export interface Steps {
  /** Announces a part of the tour. */
  begin(title: string): void;
  /** Compares, prints a line, and keeps the finding. */
  expect(what: string, found: unknown, expected: unknown): void;
  /** A line that explains; nothing is compared. */
  say(line: string): void;
  findings(): readonly Finding[];
}

/** Collects findings and prints them as they come, unless `quiet`. */
export function createSteps(print: (line: string) => void): Steps {
  const findings: Finding[] = [];
  let step = "";
  return {
    begin(title) {
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

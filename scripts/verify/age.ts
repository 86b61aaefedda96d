const seconds: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };

/** Seconds of an age: `30d`, `12h`, `90m`, `3600s`. undefined: it is none. */
export function ageInSeconds(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,9})([dhms])$/.exec(text) ?? [];
  const each = seconds[unit];
  return count === undefined || each === undefined ? undefined : Number(count) * each;
}

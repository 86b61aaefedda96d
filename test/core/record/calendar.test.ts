import { expect } from "chai";
import fc from "fast-check";
import { addMonths, daysBetween, workingDaysBetween } from "../../../core/record/calendar.ts";
import holidays from "../../../core/record/holidays.json" with { type: "json" };
import { isDay } from "../../../core/record/identifiers.ts";
import { propertyRuns } from "../../runs.ts";

describe("the calendar", () => {
  const months: [string, number, string][] = [
    ["2026-06-01", 3, "2026-09-01"],
    ["2026-11-30", 3, "2027-02-28"],
    ["2027-11-30", 3, "2028-02-29"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2026-12-31", 2, "2027-02-28"],
    ["2026-01-31", 1, "2026-02-28"],
    ["2026-07-06", 36, "2029-07-06"],
    ["2026-07-06", 0, "2026-07-06"],
  ];
  for (const [day, count, expected] of months)
    it(`${count} months after ${day} is ${expected}`, () => expect(addMonths(day, count)).to.equal(expected));

  it("counts days across the turn of years and in leap years", () => {
    expect(daysBetween("2025-12-31", "2026-01-01")).to.equal(1);
    expect(daysBetween("2024-02-28", "2024-03-01")).to.equal(2);
    expect(daysBetween("2026-03-01", "2026-02-28")).to.equal(-1);
  });

  const working: [string, string, number | null][] = [
    ["2026-09-28", "2026-10-13", 7], // the national holiday, and a Saturday that is worked
    ["2026-09-28", "2026-10-07", 2],
    ["2026-02-13", "2026-02-24", 2], // the Spring Festival, after a Saturday that is worked
    ["2026-07-03", "2026-07-06", 1], // a weekend
    ["2025-12-31", "2026-01-04", 1], // a Sunday that is worked
    ["2026-07-06", "2026-07-06", 0],
    ["2026-07-06", "2026-07-01", 0],
    ["2024-07-05", "2024-07-08", null],
    ["2026-12-31", "2027-01-04", null],
    ["2025-01-01", "2026-12-31", null],
  ];
  for (const [from, to, expected] of working)
    it(`${String(expected)} working days from ${from} to ${to}`, () => {
      expect(workingDaysBetween(from, to)).to.equal(expected);
    });

  it("adds up: from a to b, and from b to c, is from a to c", () => {
    const day = fc
      .integer({ min: 0, max: 360 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (...days) => {
        const [a, b, c] = days.toSorted() as [string, string, string];
        expect(workingDaysBetween(a, b)! + workingDaysBetween(b, c)!).to.equal(workingDaysBetween(a, c));
      }),
      { numRuns: Math.min(propertyRuns, 500) },
    );
  });

  it("holds days that exist, in their year, and works only on weekends that are made up for", () => {
    for (const [year, { holidays: off, workdays }] of Object.entries(holidays.years)) {
      for (const day of [...off.flat(), ...workdays]) expect(isDay(day) && day.startsWith(year), day).to.equal(true);
      for (const [first, last] of off as [string, string][]) expect(last >= first).to.equal(true);
      for (const day of workdays) expect(new Date(day).getUTCDay() % 6, day).to.equal(0);
    }
  });
});

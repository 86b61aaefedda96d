import calendar from "./holidays.json" with { type: "json" };

const DAY = 86_400_000;

interface Year {
  readonly holidays: readonly string[][];
  readonly workdays: readonly string[];
}

const years: Readonly<Record<string, Year>> = calendar.years;

/** Days from one day to a later one (both YYYY-MM-DD); negative if it is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

/** The same day `months` later, or the last of that month if it has no such day. */
export function addMonths(day: string, months: number): string {
  const date = new Date(day);
  const wanted = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== wanted) date.setUTCDate(0);
  return date.toISOString().slice(0, 10);
}

/**
 * Working days after `from` up to and with `to`: the periods of 行政处罚法 that Art 85 calls working days. null where a year
 * has no holidays on file, and for more than a year; 0 if `to` is not later.
 */
export function workingDaysBetween(from: string, to: string): number | null {
  const days = daysBetween(from, to);
  if (days > 366) return null;
  let count = 0;
  for (let i = 1; i <= days; i++) {
    const day = new Date(Date.parse(from) + i * DAY).toISOString().slice(0, 10);
    const year = years[day.slice(0, 4)];
    if (!year) return null;
    if (isWorkingDay(day, year)) count++;
  }
  return count;
}

function isWorkingDay(day: string, { holidays, workdays }: Year): boolean {
  if (workdays.includes(day)) return true;
  const isHoliday = holidays.some(([first = "", last = ""]) => day >= first && day <= last);
  const weekday = new Date(day).getUTCDay();
  return !isHoliday && weekday !== 0 && weekday !== 6;
}

const eightHours = 8 * 3600 * 1000;

/** Day and clock in Asia/Shanghai, eight hours ahead of UTC since 1991. `instant` is ISO UTC. */
export function inBeijing(instant: string): { date: string; clock: string } {
  const [date = "", rest = ""] = new Date(Date.parse(instant) + eightHours).toISOString().split("T");
  return { date, clock: rest.slice(0, 5) };
}

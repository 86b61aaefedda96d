/** How often a property is tried: 100 times at a desk, 10,000 times where `CI` is set. */
export const propertyRuns: number = process.env["CI"] ? 10_000 : 100;

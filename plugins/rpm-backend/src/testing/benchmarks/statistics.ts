/** What several measurements of one thing come to, in their unit. */
export interface Summary {
  runs: number;
  median: number;
  p95: number;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** The smallest value that `share` of all values do not exceed. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
}

/** @param values - at least one */
export function summarize(values: readonly number[]): Summary {
  const ascending = [...values].sort((a, b) => a - b);
  return {
    runs: values.length,
    median: round(quantile(ascending, 0.5), 1),
    p95: round(quantile(ascending, 0.95), 1),
  };
}

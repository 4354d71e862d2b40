/** What a part of a soak went through, and what it found. */
export interface Tally {
  /** Copies planned and checked. */
  copies: number;
  requested: number;
  added: number;
  missing: number;
  seconds: number;
  differences: Difference[];
}

/** A copy that goes against libsolv's word, and how to have it again. */
export interface Difference {
  seed: number;
  /** Position among the copies of that seed. */
  copy: number;
  pairs: number;
  faults: string[];
}

export function newTally(): Tally {
  return {
    copies: 0,
    requested: 0,
    added: 0,
    missing: 0,
    seconds: 0,
    differences: [],
  };
}

/**
 * Walks several sorted lists as one sorted list, of which only what is asked for is computed. For
 * some dozens of lists: each step looks at the head of every one.
 */
export function* mergeRuns<T>(
  runs: readonly (readonly T[])[],
  compare: (a: T, b: T) => number,
): Generator<T, void, undefined> {
  const heads = runs
    .filter(run => run.length)
    .map(run => ({ run, index: 0, value: run[0] }));
  while (heads.length) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) {
      if (compare(heads[i].value, heads[least].value) < 0) least = i;
    }
    const head = heads[least];
    yield head.value;
    if (++head.index < head.run.length) head.value = head.run[head.index];
    else heads.splice(least, 1);
  }
}

/** The position of a value in ascending ones; `undefined` when it is not there. */
export function findAscending(
  values: Int32Array,
  value: number,
): number | undefined {
  let start = 0;
  let end = values.length;
  while (start < end) {
    const middle = (start + end) >>> 1;
    if (values[middle] < value) start = middle + 1;
    else end = middle;
  }
  return values[start] === value ? start : undefined;
}

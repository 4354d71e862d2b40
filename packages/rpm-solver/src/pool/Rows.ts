import { IntList } from './IntList';

/**
 * Many short lists of integers in two arrays: the values of row `r` stand in
 * `values[starts[r] … starts[r + 1])`.
 */
export interface Rows {
  readonly starts: Int32Array;
  readonly values: Int32Array;
}

/** Writes {@link Rows} row by row. */
export class RowsBuilder {
  readonly #starts = new IntList();
  readonly #values = new IntList();

  constructor() {
    this.#starts.push(0);
  }

  push(value: number): void {
    this.#values.push(value);
  }

  pushAll(values: Int32Array): void {
    this.#values.pushAll(values);
  }

  /** Makes room for as many rows and values more. */
  reserve(rows: number, values: number): void {
    this.#starts.reserve(rows);
    this.#values.reserve(values);
  }

  /** The rows so far; valid until more are written. */
  view(): Rows {
    return { starts: this.#starts.view(), values: this.#values.view() };
  }

  /** Ends the current row; the next values belong to the next one. */
  endRow(): void {
    this.#starts.push(this.#values.length);
  }

  build(): Rows {
    return { starts: this.#starts.toArray(), values: this.#values.toArray() };
  }
}

/**
 * Sorts pairs into rows: row `r` lists `values[i]` for each `i` with `rows[i] === r`, in their
 * order. Linear time.
 */
export function groupByRow(
  rows: Int32Array,
  values: Int32Array,
  rowCount: number,
): Rows {
  const starts = new Int32Array(rowCount + 1);
  for (let i = 0; i < rows.length; i++) {
    starts[rows[i] + 1]++;
  }
  for (let row = 0; row < rowCount; row++) {
    starts[row + 1] += starts[row];
  }
  const next = starts.slice();
  const grouped = new Int32Array(values.length);
  for (let i = 0; i < rows.length; i++) {
    grouped[next[rows[i]]++] = values[i];
  }
  return { starts, values: grouped };
}

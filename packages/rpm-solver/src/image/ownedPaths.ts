import { type Cancellation, checkCancelled } from '../cancellation';
import { IntList } from '../pool/IntList';
import { groupByRow, type Rows } from '../pool/Rows';
import type { ImageDraft } from './ImageDraft';
import { slotsFor } from './TripleTable';

const PACKAGES_PER_CHECK = 1024;

/**
 * By package of a draft, the relations that it provides by owning their paths and that are not among
 * its provisions yet. Of millions of paths only those matter that some relation names, a few hundred.
 */
export function findOwnedPaths(
  draft: ImageDraft,
  cancellation: Cancellation,
): Rows {
  const wanted = wantedPaths(draft);
  const packages = new IntList();
  const relations = new IntList();
  draft.ranges.forEach(({ start, knownPaths }, index) => {
    const sought = new PathSet(
      draft,
      wanted.filter(path => !knownPaths.has(path)),
    );
    if (sought.isEmpty) return;
    const end = draft.ranges[index + 1]?.start ?? draft.units.length;
    const files = draft.fileHashes.view();
    for (let id = start; id < end; id++) {
      if (id % PACKAGES_PER_CHECK === 0) checkCancelled(cancellation);
      for (let i = files.starts[id]; i < files.starts[id + 1]; i += 2) {
        const path = sought.find(files.values[i], files.values[i + 1]);
        if (path !== undefined) {
          packages.push(id);
          relations.push(draft.unversioned(path));
        }
      }
    }
  });
  return groupByRow(packages.view(), relations.view(), draft.units.length);
}

function wantedPaths({ texts, relations }: ImageDraft): number[] {
  const wanted = new Set<number>();
  for (let relation = 0; relation < relations.size; relation++) {
    const name = relations.at(relation, 0);
    if (texts.isPath(name)) wanted.add(name);
  }
  return [...wanted];
}

/** Some paths, found by their hashes. */
class PathSet {
  readonly #hashes: IntList;
  /** By hash, the path's text plus one; 0 when free. The length is a power of two. */
  readonly #slots: Int32Array;

  constructor({ texts }: ImageDraft, paths: readonly number[]) {
    this.#hashes = texts.hashes;
    this.#slots = new Int32Array(paths.length && slotsFor(2 * paths.length));
    const mask = this.#slots.length - 1;
    for (const path of paths) {
      let slot = this.#hashes.at(2 * path) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = path + 1;
    }
  }

  get isEmpty(): boolean {
    return this.#slots.length === 0;
  }

  find(low: number, high: number): number | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const path = this.#slots[slot] - 1;
      if (path < 0) return undefined;
      if (
        this.#hashes.at(2 * path) === low &&
        this.#hashes.at(2 * path + 1) === high
      ) {
        return path;
      }
    }
  }
}

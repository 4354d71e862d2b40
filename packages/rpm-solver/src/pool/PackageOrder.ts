import { compareEvr, compareRpmVersion } from '@rpmportal/rpm-format';
import type { ImageColumns, ModuleId, PackageId } from '../image/ImageColumns';
import { groupByRow, type Rows } from './Rows';

/** By UTF-16 code units, whatever the locale. */
export function compareTexts(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/**
 * The order in which the packages and modules of a pool are looked at and listed.
 *
 * @remarks
 * Comparing EVRs is slow and most packages are never compared, so those of one name are ranked when
 * two of them are compared first.
 */
export class PackageOrder {
  readonly #columns: ImageColumns;
  /** By package: 1 for the oldest EVR of its name, and so on; 0 until someone asks. */
  readonly #ageRanks: Int32Array;
  #nameRanks?: Int32Array;
  #packagesByName?: Rows;

  constructor(columns: ImageColumns) {
    this.#columns = columns;
    this.#ageRanks = new Int32Array(columns.units.length);
  }

  /** Compares the EVRs of two packages of the same name: negative when the first is older. */
  compareEvr(a: PackageId, b: PackageId): number {
    if (this.#ageRanks[a] === 0) {
      this.#rankByAge(this.#columns.names[a]);
    }
    return this.#ageRanks[a] - this.#ageRanks[b];
  }

  /** Name, EVR, architecture, unit. Total, and the same in any locale. */
  compare(a: PackageId, b: PackageId): number {
    const { units, archs, archIds, names } = this.#columns;
    this.#nameRanks ??= this.#rankNames();
    return (
      this.#nameRanks[names[a]] - this.#nameRanks[names[b]] ||
      this.compareEvr(a, b) ||
      compareTexts(archs[archIds[a]], archs[archIds[b]]) ||
      units[a] - units[b]
    );
  }

  /** Name, newest stream, newest version, label, unit. Total. */
  compareModules(a: ModuleId, b: ModuleId): number {
    const first = this.#columns.modules[a];
    const second = this.#columns.modules[b];
    return (
      compareTexts(first.name, second.name) ||
      compareRpmVersion(second.stream, first.stream) ||
      compareRpmVersion(second.version, first.version) ||
      compareTexts(first.label, second.label) ||
      first.unit - second.unit
    );
  }

  #rankByAge(name: number): void {
    const { names, evrs, evrIds, strings } = this.#columns;
    this.#packagesByName ??= groupByRow(
      names,
      names.map((_, id) => id),
      strings.size,
    );
    const { starts, values } = this.#packagesByName;
    const packages = [...values.subarray(starts[name], starts[name + 1])];
    const compare = (a: PackageId, b: PackageId) =>
      compareEvr(evrs.evr(evrIds[a]), evrs.evr(evrIds[b]));
    packages.sort(compare);
    let rank = 0;
    packages.forEach((id, i) => {
      if (i === 0 || compare(packages[i - 1], id) !== 0) {
        rank++;
      }
      this.#ageRanks[id] = rank;
    });
  }

  #rankNames(): Int32Array {
    const { strings, names } = this.#columns;
    const used = [...new Set(names)];
    used.sort((a, b) => compareTexts(strings.text(a), strings.text(b)));
    const ranks = new Int32Array(strings.size);
    used.forEach((name, rank) => {
      ranks[name] = rank;
    });
    return ranks;
  }
}

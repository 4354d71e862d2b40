import { type Cancellation, checkCancelled } from '../cancellation';
import type { Pool } from './Pool';
import { imageOf, recordsOf, type PoolImage } from './PoolImage';
import { openPool } from './openPool';
import type { ModuleRecord, PackageRecord, RepositoryRecord } from './records';

const PACKAGES_PER_CHECK = 1024;

/** Builds a pool of whole repository versions at once. */
export function buildPool(
  repositories: Iterable<RepositoryRecord>,
  cancellation: Cancellation = {},
): Pool {
  const builder = new PoolBuilder(cancellation);
  const opened = [];
  for (const repository of repositories) {
    const { key, packages, modules = [], defaultStreams } = repository;
    const units = [];
    for (const record of packages) {
      builder.addPackage(record);
      units.push(record.unit);
    }
    for (const record of modules) {
      builder.addModule(record);
      units.push(record.unit);
    }
    opened.push({ key, units, defaultStreams });
  }
  return openPool(builder.build(), opened);
}

/** Takes packages and modules one by one, or images of many, and makes one {@link PoolImage} of them. */
export class PoolBuilder {
  readonly #cancellation: Cancellation;
  readonly #packages = new Map<number, PackageRecord>();
  readonly #modules = new Map<number, ModuleRecord>();

  constructor(cancellation: Cancellation = {}) {
    this.#cancellation = cancellation;
  }

  /** A unit that was added before stays as it was. */
  addPackage(record: PackageRecord): void {
    if (this.#packages.size % PACKAGES_PER_CHECK === 0) {
      checkCancelled(this.#cancellation);
    }
    if (!this.#packages.has(record.unit)) {
      this.#packages.set(record.unit, record);
    }
  }

  /** Its artifacts may be added later, or never. */
  addModule(record: ModuleRecord): void {
    if (!this.#modules.has(record.unit)) this.#modules.set(record.unit, record);
  }

  /** @param wants - which units of the image to take; all by default */
  addImage(image: PoolImage, wants: (unit: number) => boolean = all): void {
    const { packages, modules } = recordsOf(image);
    for (const record of packages) {
      if (wants(record.unit)) this.addPackage(record);
    }
    for (const record of modules) {
      if (wants(record.unit)) this.addModule(record);
    }
  }

  /** Makes the image. The builder is used up by it. */
  build(): PoolImage {
    return imageOf(this.#packages.values(), this.#modules.values());
  }
}

function all(): boolean {
  return true;
}

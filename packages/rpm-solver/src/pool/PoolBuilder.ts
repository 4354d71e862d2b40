import { type Cancellation, checkCancelled } from '../cancellation';
import { addImage } from '../image/addImage';
import { addModuleRecord, addPackageRecord } from '../image/addRecords';
import { finishImage } from '../image/finishImage';
import { ImageDraft } from '../image/ImageDraft';
import type { PoolImage } from '../image/PoolImage';
import { openPool, type OpenedRepository } from './openPool';
import type { Pool } from './Pool';
import type { ModuleRecord, PackageRecord, RepositoryRecord } from './records';

const PACKAGES_PER_CHECK = 1024;

/** Builds a pool of whole repository versions at once. */
export function buildPool(
  repositories: Iterable<RepositoryRecord>,
  cancellation: Cancellation = {},
): Pool {
  const builder = new PoolBuilder(cancellation);
  const opened: OpenedRepository[] = [];
  for (const repository of repositories) {
    const { key, packages, modules = [], defaultStreams } = repository;
    const units: number[] = [];
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

/**
 * Takes packages and modules one by one, or images of many, and makes one {@link PoolImage} of them.
 * A unit is described once, by what is added first. Records are not kept.
 */
export class PoolBuilder {
  readonly #cancellation: Cancellation;
  readonly #draft = new ImageDraft();
  readonly #units = new Set<number>();

  constructor(cancellation: Cancellation = {}) {
    this.#cancellation = cancellation;
  }

  addPackage(record: PackageRecord): void {
    if (this.#units.size % PACKAGES_PER_CHECK === 0) {
      checkCancelled(this.#cancellation);
    }
    if (this.#isNew(record.unit)) {
      addPackageRecord(this.#draft, record);
    }
  }

  /** Its artifacts may be added later, or never. */
  addModule(record: ModuleRecord): void {
    if (this.#isNew(record.unit)) {
      addModuleRecord(this.#draft, record);
    }
  }

  /** @param wants - which units of the image to take; all by default */
  addImage(image: PoolImage, wants?: (unit: number) => boolean): void {
    addImage(
      this.#draft,
      image,
      unit => (!wants || wants(unit)) && this.#isNew(unit),
      this.#cancellation,
    );
  }

  /** Makes the image. The builder is used up by it. */
  build(): PoolImage {
    return finishImage(this.#draft, this.#cancellation);
  }

  #isNew(unit: number): boolean {
    if (this.#units.has(unit)) return false;
    this.#units.add(unit);
    return true;
  }
}

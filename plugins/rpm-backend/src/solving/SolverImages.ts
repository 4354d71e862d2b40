import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'crypto';
import type { Knex } from 'knex';
import { listNearbyVersions } from '../database/operations/solving';
import type { VersionRecord } from '../repository';
import type { Progress } from '../tasks/types';
import type { WorkerPool } from '../workers';
import { Corrections } from './Corrections';
import { ImageFiles } from './ImageFiles';
import { ImageMemory } from './ImageMemory';
import {
  BUILD_IMAGE,
  type BuildBatch,
  type BuildInput,
  type SharedImage,
} from './jobTypes';
import type { KnownImage } from './KnownImage';
import { readUnits } from './readUnits';
import {
  countShared,
  isWithin,
  NO_UNITS,
  unite,
  without,
  type UnitSet,
} from './unitSets';
import { VersionMemberships, type Membership } from './VersionMemberships';

/** So many units are read from the tables sooner than an image of them from a file. */
const FEW = 500;
/** An image that knows a tenth of what is needed saves less than it takes to go through it. */
const TENTH = 10;

/** Versions whose images may know most of another one's units. */
const NEARBY = 50;

/** What to solve on. */
export interface ProvidedImage {
  image: KnownImage;
  /** One for each version, in their order. */
  memberships: Membership[];
}

/** Where an image comes from before it is made, see {@link SolverImages}. */
interface Sources {
  images: { image: KnownImage; stale: UnitSet }[];
  /** What none of them knows. */
  missing: UnitSet;
}

/**
 * Images that know the packages and modules of versions: from memory, from files, and what is in
 * neither from the tables.
 *
 * @remarks
 * An image that knows more than is needed serves as well, so what a copy makes of the versions that it
 * was planned on is planned on the same image. An image is made once, however many ask for it at the
 * same time. Files are written after whoever asked has the image.
 */
export class SolverImages {
  readonly #knex: Knex;
  readonly #threads: WorkerPool;
  readonly #logger: LoggerService;
  readonly #memberships: VersionMemberships;
  readonly #corrections: Corrections;
  readonly #memory: ImageMemory;
  readonly #files: ImageFiles;
  /** Images that are being made, and when each is done. */
  readonly #running = new Set<{ on: Set<number>; end: Promise<void> }>();
  #keeping = Promise.resolve();
  #closed = false;

  /**
   * @param options - `memory` and `disk` are bytes that images may take; `folder` is where they are
   * kept
   */
  constructor(options: {
    knex: Knex;
    threads: WorkerPool;
    logger: LoggerService;
    folder: string;
    memory: number;
    disk: number;
  }) {
    this.#knex = options.knex;
    this.#threads = options.threads;
    this.#logger = options.logger;
    this.#memberships = new VersionMemberships(options);
    this.#corrections = new Corrections(options);
    this.#memory = new ImageMemory({ limit: options.memory });
    this.#files = new ImageFiles({ ...options, limit: options.disk });
  }

  /**
   * An image that knows all of some versions.
   *
   * @param loading - counts the packages of these
   * @throws AbortError
   */
  async provide(
    versions: readonly VersionRecord[],
    signal: AbortSignal,
    loading?: Progress,
  ): Promise<ProvidedImage> {
    const memberships: Membership[] = [];
    for (const version of versions) {
      memberships.push(await this.#memberships.of(version, signal));
    }
    const units = memberships.reduce(
      (sum, membership) => unite(sum, membership.units),
      NO_UNITS,
    );
    loading?.setTotal(units.length);
    const image = await this.#imageOf(memberships, units, signal, loading);
    return { image, memberships };
  }

  /** No file is written any more. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when all files are written. */
  async kept(): Promise<void> {
    await this.#keeping;
  }

  async #imageOf(
    memberships: readonly Membership[],
    units: UnitSet,
    signal: AbortSignal,
    loading: Progress | undefined,
  ): Promise<KnownImage> {
    const ids = memberships.map(({ version }) => version.id);
    for (;;) {
      const known = this.#memory.find(units);
      if (known && !(await this.#isStale(known, units))) {
        loading?.advance(units.length);
        return known;
      }
      const other = [...this.#running].find(({ on }) =>
        ids.some(id => on.has(id)),
      );
      if (!other) break;
      await untilAborted(other.end, signal);
    }
    const making = this.#make(memberships, units, signal, loading);
    const running = { on: new Set(ids), end: making.then(noop, noop) };
    this.#running.add(running);
    try {
      return await making;
    } finally {
      this.#running.delete(running);
    }
  }

  async #isStale(image: KnownImage, units: UnitSet): Promise<boolean> {
    const stale = await this.#corrections.staleIn(image);
    return countShared(stale, units) > 0;
  }

  async #make(
    memberships: readonly Membership[],
    units: UnitSet,
    signal: AbortSignal,
    loading: Progress | undefined,
  ): Promise<KnownImage> {
    const trust = await this.#corrections.now();
    const { images, missing } = await this.#findSources(
      memberships,
      units,
      signal,
    );
    loading?.advance(units.length - missing.length);
    const made = await this.#threads.run<
      BuildInput,
      SharedImage,
      BuildBatch,
      never
    >(
      BUILD_IMAGE,
      {
        wanted: units,
        sources: images.map(({ image: { bytes }, stale }) => ({
          bytes,
          stale,
        })),
      },
      { signal, batches: readUnits(this.#knex, memberships, missing, loading) },
    );
    if (!isWithin(units, made.units)) {
      throw new Error('Packages or modules of a version are not stored.');
    }
    const image = { ...made, ...trust, id: randomUUID() };
    this.#memory.add(image);
    this.#keep(memberships, missing, image);
    return image;
  }

  async #findSources(
    memberships: readonly Membership[],
    units: UnitSet,
    signal: AbortSignal,
  ): Promise<Sources> {
    const sources: Sources = { images: [], missing: units };
    for (const image of this.#memory.all()) {
      await this.#use(image, sources);
    }
    for (const membership of memberships) {
      if (!isFew(membership, sources.missing)) {
        const nearby = await listNearbyVersions(
          this.#knex,
          membership.version,
          NEARBY,
        );
        const image = await this.#files.read(nearby, signal);
        if (image) await this.#use(image, sources);
      }
    }
    return sources;
  }

  async #use(image: KnownImage, sources: Sources): Promise<void> {
    const stale = await this.#corrections.staleIn(image);
    const usable = without(image.units, stale);
    const found = countShared(usable, sources.missing);
    if (found * TENTH < image.units.length) return;
    sources.images.push({ image, stale });
    sources.missing = without(sources.missing, usable);
  }

  /** Writes files of versions that had to be read, one after the other. */
  #keep(
    memberships: readonly Membership[],
    read: UnitSet,
    image: KnownImage,
  ): void {
    for (const membership of memberships) {
      if (!isFew(membership, read)) {
        const { version, units } = membership;
        this.#keeping = this.#keeping.then(async () => {
          if (this.#closed) return;
          try {
            await this.#files.keep(version.uuid, units, image);
          } catch (error) {
            if (this.#closed) return;
            this.#logger.warn(
              `What the solver knows of a version could not be kept in a file: ${error}`,
            );
          }
        });
      }
    }
  }
}

/** Whether it is not worth while to have a file for what is missing of a version. */
function isFew({ units }: Membership, missing: UnitSet): boolean {
  return countShared(units, missing) <= Math.max(FEW, units.length / TENTH);
}

async function untilAborted(
  event: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  let abort = noop;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', abort);
  try {
    await Promise.race([event, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function noop(): void {}

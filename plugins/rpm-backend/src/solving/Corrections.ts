import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { listCorrections } from '../database/operations/solving';
import { toTimestamp } from '../database/time';
import type { KnownImage } from './KnownImage';
import { toUnitSet, type UnitSet } from './unitSets';

/**
 * Longer than the clocks of replicas differ and than a correction takes from its time stamp to its
 * commit.
 */
const MARGIN_MINUTES = 10;

/** What an image can be trusted in, see {@link Corrections}. */
export type Trust = Pick<KnownImage, 'asOf' | 'corrected'>;

/**
 * Tells what images do not know as it is now. Units do not change, but for packages that were known
 * from metadata alone: the header of such a package's file corrects it, once.
 *
 * @remarks
 * An image does not know corrections after `asOf`, but for those of `corrected`. Since each package is
 * corrected but once, there is nothing between.
 */
export class Corrections {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** What can be said of rows that are read from now on. */
  async now(): Promise<Trust> {
    const asOf = toTimestamp(DateTime.utc().minus({ minutes: MARGIN_MINUTES }));
    const corrected = await listCorrections(this.#knex, asOf);
    return { asOf, corrected: new Set(corrected.map(({ unitId }) => unitId)) };
  }

  /** The units that the image knows otherwise than they are, if it knows them. */
  async staleIn({ asOf, corrected }: Trust): Promise<UnitSet> {
    const since = await listCorrections(this.#knex, asOf);
    return toUnitSet(
      since.flatMap(({ unitId }) => (corrected.has(unitId) ? [] : unitId)),
    );
  }
}

import { DateTime } from 'luxon';
import type { Knex } from 'knex';
import type { FilterResolver } from '../database/resolveFilters';
import { toTimestamp } from '../database/time';
import type { Visibility } from '../permissions/AccessControl';
import { resolveVersionScope, VERSION_FILTERS } from './versionScopes';

/** Looks up what filters of content mean: which versions they name, and since when is orphaned. */
export class ContentFilters {
  readonly #knex: Knex;
  readonly #protectionMinutes: number;

  /** @param options - `protectionMinutes` is how long orphans are kept by default */
  constructor(options: { knex: Knex; protectionMinutes: number }) {
    this.#knex = options.knex;
    this.#protectionMinutes = options.protectionMinutes;
  }

  /** By filter. A version that is not visible is not found. */
  resolvers(visible: Visibility): Record<string, FilterResolver> {
    const versions = VERSION_FILTERS.map(name => [
      name,
      async (reference: string) => ({
        name,
        value: await resolveVersionScope(this.#knex, name, reference, visible),
      }),
    ]);
    return {
      ...Object.fromEntries(versions),
      orphaned_for: async (given: number) => {
        const minutes = given < 0 ? this.#protectionMinutes : given;
        const since = toTimestamp(DateTime.utc().minus({ minutes }));
        return { name: 'orphaned_since', value: since };
      },
    };
  }
}

import type { Knex } from 'knex';
import { parseReference } from '../identifiers';

/** The columns by which versions are named. */
export interface VersionColumns {
  repositoryUuid: string;
  uuid: string;
  number: string;
}

/**
 * Narrows a query to versions that hrefs or PRNs name. Their hrefs are made of their repository and
 * number, unlike those of everything else.
 */
export function whereVersionNamed(
  where: Knex.QueryBuilder,
  names: string | readonly string[],
  columns: VersionColumns,
): void {
  where.where(either => {
    either.whereRaw('1 = 0');
    for (const name of [names].flat()) {
      const reference = parseReference(name);
      if (reference?.kind === 'version') {
        either.orWhere(
          'uuid' in reference
            ? { [columns.uuid]: reference.uuid }
            : {
                [columns.repositoryUuid]: reference.repositoryUuid,
                [columns.number]: reference.number,
              },
        );
      }
    }
  });
}

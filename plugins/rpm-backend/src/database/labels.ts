import type { LabelCondition } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { WhereFilter } from './filters';
import { likeText } from './operators';
import type { DbLabelRow } from './tables';

/** What has labels; each has its rows in the table `<kind>_label`. */
export type LabeledKind = 'repository' | 'remote' | 'distribution' | 'unit';

/** The part of a label's value that indexes hold: PostgreSQL takes no long values into them. */
const INDEXED = 'substr(value, 1, 100)';

function compareValue(
  query: Knex.QueryBuilder,
  condition: LabelCondition,
): void {
  switch (condition.kind) {
    case 'equals':
      query
        .whereRaw(`${INDEXED} = substr(?, 1, 100)`, [condition.value])
        .where('value', condition.value);
      return;
    case 'differs':
      query.whereNot('value', condition.value);
      return;
    case 'contains':
      query.whereRaw(`lower(value) like lower(?) escape '\\'`, [
        `%${likeText(condition.value)}%`,
      ]);
      return;
    default:
  }
}

/**
 * The filter `pulp_label_select`.
 *
 * @param id - the column that holds ids of the kind
 */
export function whereLabels(
  knex: Knex,
  kind: LabeledKind,
  id: string,
): WhereFilter {
  return (where, conditions: readonly LabelCondition[]) => {
    for (const condition of conditions) {
      const labeled = knex<DbLabelRow>(`${kind}_label`)
        .select(`${kind}_id`)
        .where('key', condition.key);
      if (condition.kind === 'lacks') {
        // Most lack a label, so that looking up each is cheaper than a list of the others.
        where.whereNotExists(labeled.whereRaw('?? = ??', [`${kind}_id`, id]));
      } else {
        compareValue(labeled, condition);
        where.whereIn(id, labeled);
      }
    }
  };
}

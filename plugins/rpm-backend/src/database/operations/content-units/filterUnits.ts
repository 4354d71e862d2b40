import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'util';
import type { VersionScope } from '../../../content-units/versionScopes';
import type { ContentType } from '../../../identifiers';
import { documentField } from '../../documentFields';
import { namedBy, type FilteredList, type WhereFilter } from '../../filters';
import { whereLabels } from '../../labels';
import { whereInVersion } from '../../membership';
import type { DbUnitRow } from '../../tables';
import { ORPHAN_UNITS, whereOrphan } from '../orphans';
import { UNIT_TABLES } from './unitTables';

/**
 * What a list of units can be narrowed and ordered by.
 *
 * @param type - of all types when undefined
 * @returns also the column that holds the units' ids
 */
export function unitList(
  knex: Knex,
  type: ContentType | undefined,
): FilteredList & { id: string } {
  const table = type ? UNIT_TABLES[type] : undefined;
  const id = table ? 'detail.unit_id' : 'detail.id';
  const whereScope: WhereFilter = (where, scope: VersionScope) =>
    whereInScope(knex, where, id, scope);
  return {
    id,
    table: 'detail',
    columns: table?.columns ?? { pulp_type: 'detail.type' },
    ordered: { ...table?.ordered, ...documentedFields(knex, type) },
    filters: {
      ...namedBy(knex, 'unit', id),
      repository_version: whereScope,
      repository_version_added: whereScope,
      repository_version_removed: whereScope,
      pulp_label_select: whereLabels(knex, 'unit', id),
      orphaned_since: (where, time: string) =>
        where.whereIn(id, orphansSince(knex, time)),
      signing_key: (where, key: string) => whereSignedWith(where, key),
      sha256: (where, digest: string) =>
        where.whereIn(id, unitsOfDigest(knex, type, digest)),
    },
  };
}

/**
 * How the membership tells it. A version that added all that it holds is the oldest one; its units may
 * have come with versions before it that were deleted since.
 */
export function storedChange({
  change,
  version: { counts },
}: VersionScope): VersionScope['change'] {
  return change === 'added' && isDeepStrictEqual(counts.added, counts.present)
    ? 'present'
    : change;
}

/** Narrows a query on units to what a version holds, added or removed. */
export function whereInScope(
  knex: Knex,
  query: Knex.QueryBuilder,
  id: string,
  scope: VersionScope,
): void {
  const { version } = scope;
  const change = storedChange(scope);
  const held = knex('repository_content as held')
    .select('held.unit_id')
    .whereRaw('held.unit_id = ??', [id]);
  if (change === 'present') {
    whereInVersion(held, version, 'held');
  } else {
    held
      .where('held.repository_id', version.repositoryId)
      .where(`held.version_${change}`, version.number);
  }
  query.whereExists(held);
}

function documentedFields(
  knex: Knex,
  type: ContentType | undefined,
): Record<string, Knex.Raw> {
  const { documented = {} } = type ? UNIT_TABLES[type] : {};
  return Object.fromEntries(
    Object.entries(documented).map(([field, key]) => [
      field,
      typeof key === 'string'
        ? documentField(knex, 'detail.document_json', key)
        : documentField(knex, 'detail.document_json', key.number, 'number'),
    ]),
  );
}

/** Units that nothing holds and in which nobody took an interest since a point in time. */
function orphansSince(knex: Knex, time: string): Knex.QueryBuilder {
  const query = knex<DbUnitRow>('unit').select('unit.id');
  whereOrphan(knex, query, ORPHAN_UNITS, time);
  return query;
}

/** Packages whose files say that they are signed with a key. */
function whereSignedWith(where: Knex.QueryBuilder, key: string): void {
  where
    .whereNotNull('detail.signing_keys_json')
    .whereRaw('replace(??, ?, ?) <> ??', [
      'detail.signing_keys_json',
      JSON.stringify(key),
      '',
      'detail.signing_keys_json',
    ]);
}

/** Types whose units are texts. */
const TEXTS = new Set<ContentType | undefined>([
  'rpm.modulemd',
  'rpm.modulemd_document',
]);

/** Of what is a text it is the text's digest, of everything else the file's. */
function unitsOfDigest(
  knex: Knex,
  type: ContentType | undefined,
  sha256: string,
): Knex.QueryBuilder {
  return TEXTS.has(type)
    ? knex<DbUnitRow>('unit').select('id').where({ type, digest: sha256 })
    : knex('unit_artifact')
        .join('artifact', 'artifact.id', 'unit_artifact.artifact_id')
        .select('unit_artifact.unit_id')
        .where('artifact.sha256', sha256);
}

import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { pause } from '../../pause';
import type {
  DbModulemdArtifactMapRow,
  DbModulemdMapPendingRow,
} from '../../tables';

/**
 * The sides from which rows of the map are found: the column by which, and units mapped in one
 * transaction. A module can name a thousand packages, a package is seldom in more than one module.
 */
const SIDES = {
  'rpm.modulemd': { column: 'artifact.modulemd_id', batch: 10 },
  'rpm.package': { column: 'package.unit_id', batch: 250 },
} as const;

type MappedType = keyof typeof SIDES;

/** Rows written by one statement. */
const ROWS = 500;

/**
 * Finds the rows of the map for those of the units that are new to it. The units must have been
 * committed; this uses short transactions of its own.
 *
 * @remarks
 * A row is found by whoever commits its second unit: both sides commit first and look then, so of two
 * that come at once the later one sees the earlier, without any lock. Units that somebody else has
 * created and not mapped yet are mapped as well, so that the map of all of them is whole afterwards.
 * Costs an index look-up for each unit that is known already.
 *
 * @param unitIds - packages and modules; others are left alone
 */
export async function mapArtifacts(
  knex: Knex,
  unitIds: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf([...new Set(unitIds)])) {
    const query = knex('modulemd_map_pending as pending')
      .join('unit', 'unit.id', 'pending.unit_id')
      .select('unit.id', 'unit.type')
      .orderBy('unit.id');
    whereAmong(knex, query, 'pending.unit_id', chunk);
    const pending: { id: number; type: MappedType }[] = await query;
    for (const type of Object.keys(SIDES) as MappedType[]) {
      const ids = pending.flatMap(unit => (unit.type === type ? unit.id : []));
      for (const batch of chunksOf(ids, SIDES[type].batch)) {
        await knex.transaction(trx => mapBatch(trx, type, batch));
        await pause();
      }
    }
    await pause();
  }
}

async function mapBatch(
  trx: Knex.Transaction,
  type: MappedType,
  unitIds: readonly number[],
): Promise<void> {
  const found = await findRows(trx, type, unitIds);
  const existing = await keepUnits(trx, [
    ...unitIds,
    ...found.flatMap(row => [row.modulemd_id, row.artifact_id]),
  ]);
  const rows = found.filter(
    row => existing.has(row.modulemd_id) && existing.has(row.artifact_id),
  );
  for (const chunk of chunksOf(rows, ROWS)) {
    await trx<DbModulemdArtifactMapRow>('modulemd_artifact_map')
      .insert(chunk)
      .onConflict(['modulemd_id', 'artifact_id'])
      .ignore();
    await pause();
  }
  await deleteMarks(
    trx,
    unitIds.filter(id => existing.has(id)),
  );
}

/** The rows of some units, in the order in which everybody writes them: nobody waits in a circle. */
async function findRows(
  trx: Knex.Transaction,
  type: MappedType,
  unitIds: readonly number[],
): Promise<DbModulemdArtifactMapRow[]> {
  const query = trx('rpm_modulemd_artifact as artifact')
    .join('rpm_package as package', {
      'package.name': 'artifact.name',
      'package.version': 'artifact.version',
      'package.release': 'artifact.release',
      'package.arch': 'artifact.arch',
      'package.epoch': 'artifact.epoch',
    })
    .select({
      modulemd_id: 'artifact.modulemd_id',
      artifact_id: 'package.unit_id',
    })
    .orderBy(['artifact.modulemd_id', 'package.unit_id']);
  whereAmong(trx, query, SIDES[type].column, unitIds);
  return query;
}

/**
 * Keeps units from being deleted until the transaction ends, those that still exist.
 *
 * @remarks
 * Before any row of the map is written: the clean-up of orphans leaves alone what is locked, and who
 * waits for it here holds nothing that it waits for.
 */
async function keepUnits(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<Set<number>> {
  const distinct = [...new Set(ids)];
  // SQLite has one writer: what has been read in the transaction stays.
  if (trx.client.config.client !== 'pg') return new Set(distinct);
  const query = trx('unit').orderBy('id').forKeyShare();
  whereAmong(trx, query, 'id', distinct);
  return new Set(await query.pluck('id'));
}

async function deleteMarks(
  trx: Knex.Transaction,
  unitIds: readonly number[],
): Promise<void> {
  const marks = () => trx<DbModulemdMapPendingRow>('modulemd_map_pending');
  const query = marks().select('unit_id');
  whereAmong(trx, query, 'unit_id', unitIds);
  if (trx.client.config.client === 'pg') {
    // A mark that is locked is being deleted by somebody who maps the same unit.
    query.orderBy('unit_id').forUpdate().skipLocked();
  }
  await marks().whereIn('unit_id', query).delete();
}

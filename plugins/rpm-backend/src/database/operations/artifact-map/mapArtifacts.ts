import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { whereAmong } from '../../idSets';
import { pause } from '../../pause';
import type {
  DbModulemdArtifactMapRow,
  DbModulemdMapPendingRow,
} from '../../tables';

/**
 * The sides from which rows of the map are found: those that are given, those that are looked up for
 * each of them, and units mapped in one transaction. A module can name a thousand packages, a package
 * is seldom in more than one module.
 */
const SIDES = {
  'rpm.modulemd': { given: 'artifact', sought: 'package', batch: 10 },
  'rpm.package': { given: 'package', sought: 'artifact', batch: 250 },
} as const;

const TABLES = {
  artifact: { table: 'rpm_modulemd_artifact', key: 'modulemd_id' },
  package: { table: 'rpm_package', key: 'unit_id' },
} as const;

/** What must be the same of both; in the order of the tables' indexes. */
const NEVRA = ['name', 'version', 'release', 'arch', 'epoch'];

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
  const { given, sought } = SIDES[type];
  const query = trx(`${TABLES[given].table} as ${given}`)
    .joinRaw(lookUp(trx, sought, given))
    .select({
      modulemd_id: 'artifact.modulemd_id',
      artifact_id: 'package.unit_id',
    })
    .orderBy(['artifact.modulemd_id', 'package.unit_id']);
  whereAmong(trx, query, `${given}.${TABLES[given].key}`, unitIds);
  return query;
}

/**
 * A join that takes an index look-up for each row. PostgreSQL may not know yet how large the tables
 * are, and would read all of them for each batch; with `offset 0` it cannot.
 */
function lookUp(
  { client }: Knex.Transaction,
  sought: keyof typeof TABLES,
  given: keyof typeof TABLES,
): string {
  const { table, key } = TABLES[sought];
  const same = NEVRA.map(each => `${sought}.${each} = ${given}.${each}`).join(
    ' and ',
  );
  return client.config.client === 'pg'
    ? `cross join lateral (select ${key} from ${table} as ${sought} where ${same} offset 0) as ${sought}`
    : `join ${table} as ${sought} on ${same}`;
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

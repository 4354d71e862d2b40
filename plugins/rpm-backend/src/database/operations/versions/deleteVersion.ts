import type { Knex } from 'knex';
import { pause } from '../../pause';
import type {
  DbRepositoryContentRow,
  DbRepositoryVersionRow,
} from '../../tables';
import { currentTimestamp } from '../../time';
import { countChanges } from './writeMembership';

/** Units whose rows are rewritten by one statement; keeps each SQLite call short. */
const WINDOW = 2_000;

/** Units from one id up to another. */
interface UnitWindow {
  first: number;
  last: number;
}

/**
 * Deletes a version so that the content of all others stays as it is: what it added and removed
 * counts as its successor's. Without a successor its changes are undone. Its publications go.
 */
export async function deleteVersion(
  trx: Knex.Transaction,
  repositoryId: number,
  versionId: number,
): Promise<void> {
  const versions = () =>
    trx<DbRepositoryVersionRow>('repository_version').where({
      repository_id: repositoryId,
    });
  const version = await versions().where({ id: versionId }).first();
  if (!version) return;
  const successor = await versions()
    .where('number', '>', version.number)
    .orderBy('number')
    .first();

  for (const window of await windowsOf(trx, repositoryId, version.number)) {
    const rows = () =>
      trx<DbRepositoryContentRow>('repository_content')
        .where({ repository_id: repositoryId })
        .whereBetween('unit_id', [window.first, window.last]);
    if (successor) await handOn(trx, rows, version, successor.number);
    else await undo(rows, version.number);
    await pause();
  }
  if (successor) {
    const changes = await countChanges(trx, repositoryId, successor.number);
    const counts = { ...JSON.parse(successor.counts_json), ...changes };
    await versions()
      .where({ id: successor.id })
      .update({
        counts_json: JSON.stringify(counts),
        updated_at: currentTimestamp(),
      });
  }
  await versions().where({ id: versionId }).delete();
}

/** Cuts the units that a version added or removed into windows of bounded size. */
async function windowsOf(
  trx: Knex.Transaction,
  repositoryId: number,
  number: number,
): Promise<UnitWindow[]> {
  const changed = await trx<DbRepositoryContentRow>('repository_content')
    .distinct('unit_id')
    .where({ repository_id: repositoryId })
    .where(either =>
      either.where('version_added', number).orWhere('version_removed', number),
    )
    .orderBy('unit_id');
  const windows: UnitWindow[] = [];
  for (let start = 0; start < changed.length; start += WINDOW) {
    windows.push({
      first: changed[start].unit_id,
      last: changed[Math.min(start + WINDOW, changed.length) - 1].unit_id,
    });
  }
  return windows;
}

type Rows = () => Knex.QueryBuilder<DbRepositoryContentRow, any>;

async function undo(rows: Rows, number: number): Promise<void> {
  await rows().where('version_added', number).delete();
  await rows()
    .where('version_removed', number)
    .update({ version_removed: null });
}

async function handOn(
  trx: Knex.Transaction,
  rows: Rows,
  { number, created_at: createdAt }: DbRepositoryVersionRow,
  successor: number,
): Promise<void> {
  // Came in it and left with the successor: was in no version that is left.
  await rows()
    .where({ version_added: number, version_removed: successor })
    .delete();
  // Left in it and came back with the successor: never left.
  const returned = trx('repository_content as later')
    .whereRaw('later.repository_id = repository_content.repository_id')
    .whereRaw('later.unit_id = repository_content.unit_id')
    .where('later.version_added', successor);
  await rows()
    .where('version_removed', number)
    .whereExists(returned.clone().select(trx.raw('1')))
    .update({
      version_removed: returned.clone().select('later.version_removed') as any,
    });
  // Of units that never left, the row of their coming back now repeats part of the other's span.
  await rows()
    .where('version_added', successor)
    .whereExists(
      trx('repository_content as earlier')
        .select(trx.raw('1'))
        .whereRaw('earlier.repository_id = repository_content.repository_id')
        .whereRaw('earlier.unit_id = repository_content.unit_id')
        .where('earlier.version_added', '<', successor)
        .where(open =>
          open
            .whereNull('earlier.version_removed')
            .orWhere('earlier.version_removed', '>', successor),
        ),
    )
    .delete();
  await rows()
    .where('version_added', number)
    .update({
      version_added: successor,
      added_at: trx.raw('coalesce(added_at, ?)', [createdAt]),
    });
  await rows()
    .where('version_removed', number)
    .update({ version_removed: successor });
}

import type { Knex } from 'knex';
import { pause } from '../../pause';
import type {
  DbRepositoryContentRow,
  DbRepositoryVersionRow,
} from '../../tables';
import { currentTimestamp } from '../../time';
import { countChanges } from './writeMembership';

/** Rows rewritten by one statement; keeps each SQLite call short. */
const WINDOW = 1_000;

/** No unit has a larger id: PostgreSQL's columns end there. */
const LARGEST_ID = 2 ** 31 - 1;

type Column = 'version_added' | 'version_removed';

/** Rows that began, or ended, with one version of a repository: of one type, from one unit to another. */
interface Window {
  repositoryId: number;
  column: Column;
  number: number;
  type: string;
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

  const predecessor = await versions()
    .where('number', '<', version.number)
    .first('id');

  if (!successor) {
    await undo(trx, version);
  } else {
    if (predecessor) await handOn(trx, version, successor.number);
    else await dropOldest(trx, version, successor.number);
    const stored = JSON.parse(successor.counts_json);
    const changes = predecessor
      ? await countChanges(trx, repositoryId, successor.number)
      : { added: stored.present, removed: {} };
    const counts = { ...stored, ...changes };
    await versions()
      .where({ id: successor.id })
      .update({
        counts_json: JSON.stringify(counts),
        updated_at: currentTimestamp(),
      });
  }
  await versions().where({ id: versionId }).delete();
}

/** Cuts what began, or ended, with a version into windows of bounded size. */
async function* walk(
  trx: Knex.Transaction,
  repositoryId: number,
  column: Column,
  number: number,
): AsyncGenerator<Window, void, undefined> {
  const changes = await countChanges(trx, repositoryId, number);
  const { [column]: counts } = {
    version_added: changes.added,
    version_removed: changes.removed,
  };
  for (const type of Object.keys(counts)) {
    const place = { repositoryId, column, number, type };
    let first = 0;
    for (;;) {
      const next: { unit_id: number } | undefined = await rows(trx, place)
        .select('unit_id')
        .where('unit_id', '>=', first)
        .orderBy('unit_id')
        .offset(WINDOW)
        .first();
      const last = next ? next.unit_id - 1 : LARGEST_ID;
      yield { ...place, first, last };
      await pause();
      if (!next) break;
      first = next.unit_id;
    }
  }
}

function rows(
  trx: Knex.Transaction,
  place: Pick<Window, 'repositoryId' | 'column' | 'number' | 'type'>,
): Knex.QueryBuilder<DbRepositoryContentRow, any> {
  return trx<DbRepositoryContentRow>('repository_content').where({
    repository_id: place.repositoryId,
    [place.column]: place.number,
    unit_type: place.type,
  });
}

function rowsOf(trx: Knex.Transaction, window: Window) {
  return rows(trx, window).whereBetween('unit_id', [window.first, window.last]);
}

type Deleted = Pick<
  DbRepositoryVersionRow,
  'repository_id' | 'number' | 'created_at'
>;

async function undo(
  trx: Knex.Transaction,
  { repository_id: id, number }: Deleted,
): Promise<void> {
  for await (const window of walk(trx, id, 'version_added', number)) {
    await rowsOf(trx, window).delete();
  }
  for await (const window of walk(trx, id, 'version_removed', number)) {
    await rowsOf(trx, window).update({ version_removed: null });
  }
}

/**
 * What the oldest version holds need not be told anew of its successor: all that began before a
 * version is in it. So a repository that keeps its last versions pays for what changed, not for its
 * content.
 */
async function dropOldest(
  trx: Knex.Transaction,
  { repository_id: id, number, created_at: createdAt }: Deleted,
  successor: number,
): Promise<void> {
  for await (const window of walk(trx, id, 'version_removed', successor)) {
    await rowsOf(trx, window).delete();
  }
  for await (const window of walk(trx, id, 'version_added', number)) {
    await rowsOf(trx, window)
      .whereNull('added_at')
      .update({ added_at: createdAt });
  }
}

async function handOn(
  trx: Knex.Transaction,
  version: Deleted,
  successor: number,
): Promise<void> {
  const { repository_id: id, number } = version;
  for await (const window of walk(trx, id, 'version_added', number)) {
    await handOnAdded(trx, window, version, successor);
  }
  for await (const window of walk(trx, id, 'version_removed', number)) {
    await handOnRemoved(trx, window, successor);
  }
}

async function handOnAdded(
  trx: Knex.Transaction,
  window: Window,
  { created_at: createdAt }: Deleted,
  successor: number,
): Promise<void> {
  // Came in it and left with the successor: was in no version that is left.
  await rowsOf(trx, window).where('version_removed', successor).delete();
  await rowsOf(trx, window).update({
    version_added: successor,
    added_at: trx.raw('coalesce(added_at, ?)', [createdAt]),
  });
}

async function handOnRemoved(
  trx: Knex.Transaction,
  window: Window,
  successor: number,
): Promise<void> {
  // Left in it and came back with the successor: never left.
  const returned = trx('repository_content as later')
    .whereRaw('later.repository_id = repository_content.repository_id')
    .whereRaw('later.unit_id = repository_content.unit_id')
    .where('later.version_added', successor);
  await rowsOf(trx, window)
    .whereExists(returned.clone().select(trx.raw('1')))
    .update({
      version_removed: returned.clone().select('later.version_removed') as any,
    });
  // Of units that never left, the row of their coming back now repeats part of the other's span.
  await rowsOf(trx, {
    ...window,
    column: 'version_added',
    number: successor,
  })
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
  await rowsOf(trx, window).update({ version_removed: successor });
}

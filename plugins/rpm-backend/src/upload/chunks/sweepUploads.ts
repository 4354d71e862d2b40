import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { listIdleUploads } from '../../database/operations/uploads';
import { toTimestamp } from '../../database/time';
import type { UploadFiles } from './UploadFiles';

/** Longer than any weekend that somebody waits before going on. */
const IDLE_DAYS = 7;

/** Removes uploads in pieces that nobody goes on with. */
export async function sweepUploads(
  knex: Knex,
  files: UploadFiles,
  now = DateTime.utc(),
): Promise<void> {
  const since = toTimestamp(now.minus({ days: IDLE_DAYS }));
  for (const upload of await listIdleUploads(knex, since)) {
    await files.remove(upload);
  }
}

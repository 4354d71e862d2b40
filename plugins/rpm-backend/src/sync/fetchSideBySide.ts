import { settleTogether, type SyncRun } from './SyncRun';

/** Pulp's default of parallel downloads. */
const CONCURRENCY = 7;

/** Fetches the files that a queue gives, as many at once as the remote allows. */
export async function fetchSideBySide<T>(
  run: SyncRun,
  queue: AsyncIterable<T>,
  fetch: (item: T) => Promise<void>,
): Promise<void> {
  const items = queue[Symbol.asyncIterator]();
  const fetchInTurn = async () => {
    for (;;) {
      run.context.signal.throwIfAborted();
      const next = await items.next();
      if (next.done) return;
      await fetch(next.value);
    }
  };
  const concurrency = run.remote.settings.download_concurrency ?? CONCURRENCY;
  await settleTogether(
    run,
    Array.from({ length: concurrency }, () => fetchInTurn()),
  );
}

import type { Meter } from './Meter';
import { SIZES, type Populated } from './populate';

/** Milliseconds for a change of at most a thousand units, from the request to the task's end. */
const BUDGET = 300;
const RUNS = 6;

/**
 * Changes of a repository's content, each followed by a roll-back, so that all start alike.
 *
 * @param kind - what to call them
 * @returns hrefs of the versions that a thousand units were added to
 */
export async function measureChanges(
  meter: Meter,
  repository: string,
  { additions, held }: Populated,
  kind = '',
): Promise<string[]> {
  const path = `${repository}modify/`;
  const start = await latestVersion(meter, repository);
  const changed: string[] = [];
  for (const count of [1, SIZES.changed / 10, SIZES.changed]) {
    // What is special about a thousand additions is spread evenly over fewer.
    const some = (hrefs: string[]) =>
      hrefs.filter((_, index) => index % (SIZES.changed / count) === 0);
    for (const [name, body] of [
      [`${kind}add ${count}`, { add_content_units: some(additions) }],
      [`${kind}remove ${count}`, { remove_content_units: some(held) }],
    ] as const) {
      for (let run = 0; run < RUNS; run++) {
        const task = await meter.run(name, { path, body, budget: BUDGET });
        if (name.endsWith(`add ${SIZES.changed}`)) {
          changed.push(task.created_resources[0]);
        }
        await meter.run(`${name}, rolled back`, {
          path,
          body: { base_version: start },
          budget: BUDGET,
        });
      }
    }
  }
  return changed;
}

async function latestVersion(meter: Meter, repository: string) {
  return (await meter.read('read repository', repository)).latest_version_href;
}

/** All content against other content, and back. */
export async function measureSwap(
  meter: Meter,
  repository: string,
  other: string,
): Promise<void> {
  const path = `${repository}modify/`;
  const start = await latestVersion(meter, repository);
  for (const base of [`${other}versions/1/`, start]) {
    await meter.run('swap all content', { path, body: { base_version: base } });
  }
}

/** Everything out, and in again in one call that names each unit. */
export async function measureWhole(
  meter: Meter,
  repository: string,
  { all }: Populated,
): Promise<void> {
  const path = `${repository}modify/`;
  await meter.run('remove *', { path, body: { remove_content_units: ['*'] } });
  await meter.run('add all units by name', {
    path,
    body: { add_content_units: all },
  });
}

/** Deletes versions, each of which changed a thousand units and has successors. */
export async function measureDeletion(
  meter: Meter,
  versions: readonly string[],
): Promise<void> {
  for (const path of versions) {
    await meter.run('delete version', { method: 'DELETE', path });
  }
}

/** Changes while a repository keeps few versions of itself, or of each package. */
export async function measureRetention(
  meter: Meter,
  repository: string,
  populated: Populated,
  settings: Record<string, number>,
): Promise<void> {
  const [[setting, keep]] = Object.entries(settings);
  const kind = `${setting} ${keep}: `;
  await meter.run(`${kind}set`, {
    method: 'PATCH',
    path: repository,
    body: settings,
  });
  const path = `${repository}modify/`;
  await meter.run(`${kind}first change`, {
    path,
    body: { remove_content_units: populated.held.slice(-1) },
  });
  for (let run = 0; run < RUNS; run++) {
    for (const key of ['add_content_units', 'remove_content_units']) {
      await meter.run(`${kind}${key} ${SIZES.changed}`, {
        path,
        body: { [key]: populated.additions },
        budget: BUDGET,
      });
    }
  }
}

import type { Knex } from 'knex';
import type {
  RetentionFacts,
  VersionProtection,
} from '../../../repository/retention/types';
import type {
  DbDistributionRow,
  DbPublicationRow,
  DbRepositoryVersionRow,
} from '../../tables';
import { readReservedVersions } from './readReservedVersions';

type DistributionRow = Pick<DbDistributionRow, 'uuid' | 'name'>;

/** Collects why clients need versions. */
class Protections {
  readonly #byVersion = new Map<number, VersionProtection[]>();

  get byVersion(): ReadonlyMap<number, VersionProtection[]> {
    return this.#byVersion;
  }

  add(versionId: number, protection: VersionProtection): void {
    const known = this.#byVersion.get(versionId);
    if (known) known.push(protection);
    else this.#byVersion.set(versionId, [protection]);
  }

  addDistribution(versionId: number, { uuid, name }: DistributionRow): void {
    this.add(versionId, { kind: 'distribution', uuid, name });
  }
}

/**
 * Why clients need versions of a repository, by internal version id: a distribution names the
 * version, or a publication of it; it holds a checkpoint while a checkpoint distribution of the
 * repository exists; it is the newest published one while an ordinary distribution of the
 * repository exists.
 */
export async function listProtectedVersions(
  knex: Knex,
  repositoryId: number,
): Promise<ReadonlyMap<number, VersionProtection[]>> {
  const protections = new Protections();
  await addNamed(knex, repositoryId, protections);
  const distributions = await knex<DbDistributionRow>('distribution')
    .select('uuid', 'name', 'checkpoint')
    .where({ repository_id: repositoryId })
    .orderBy('name');
  const ordinary = distributions.filter(({ checkpoint }) => !checkpoint);
  if (ordinary.length) {
    const newest = await readNewestPublished(knex, repositoryId);
    for (const row of newest === undefined ? [] : ordinary) {
      protections.addDistribution(newest!, row);
    }
  }
  if (ordinary.length < distributions.length) {
    const checkpoints = await knex<DbPublicationRow>('publication')
      .select('version_id', 'uuid', 'checkpoint_stamp')
      .where({ repository_id: repositoryId, checkpoint: true })
      .orderBy('checkpoint_stamp');
    for (const { version_id, uuid, checkpoint_stamp } of checkpoints) {
      const stamp = checkpoint_stamp ?? '';
      protections.add(version_id, { kind: 'checkpoint', uuid, stamp });
    }
  }
  return protections.byVersion;
}

/** Versions that distributions name, or a publication of which they name. */
async function addNamed(
  knex: Knex,
  repositoryId: number,
  protections: Protections,
): Promise<void> {
  const columns = ['distribution.uuid', 'distribution.name'];
  const byVersion: (DistributionRow & { version_id: number })[] = await knex(
    'distribution',
  )
    .join('repository_version as v', 'v.id', 'distribution.version_id')
    .where('v.repository_id', repositoryId)
    .select(...columns, 'v.id as version_id')
    .orderBy('distribution.name');
  const byPublication: typeof byVersion = await knex('distribution')
    .join('publication as p', 'p.id', 'distribution.publication_id')
    .where('p.repository_id', repositoryId)
    .select(...columns, 'p.version_id')
    .orderBy('distribution.name');
  for (const row of [...byVersion, ...byPublication]) {
    protections.addDistribution(row.version_id, row);
  }
}

async function readNewestPublished(
  knex: Knex,
  repositoryId: number,
): Promise<number | undefined> {
  const newest: { id: number } | undefined = await knex('publication')
    .join('repository_version as v', 'v.id', 'publication.version_id')
    .select('v.id')
    .where('publication.repository_id', repositoryId)
    .where('publication.complete', true)
    .orderBy('v.number', 'desc')
    .first();
  return newest?.id;
}

/** What the retention of a repository's versions and checkpoints is decided on. */
export async function readRetentionFacts(
  knex: Knex,
  repositoryId: number,
): Promise<RetentionFacts> {
  const checkpoints = await knex<DbPublicationRow>('publication')
    .select('uuid', 'checkpoint_stamp')
    .where({ repository_id: repositoryId, complete: true, checkpoint: true });
  const protections = new Map(await listProtectedVersions(knex, repositoryId));
  for (const reserved of await readReservedVersions(knex, repositoryId)) {
    const { versionId, taskUuid: uuid, taskName: name } = reserved;
    protections.set(versionId, [
      ...(protections.get(versionId) ?? []),
      { kind: 'task', uuid, name },
    ]);
  }
  return {
    versions: await knex<DbRepositoryVersionRow>('repository_version')
      .select('id', 'number')
      .where({ repository_id: repositoryId })
      .orderBy('number', 'desc'),
    protections,
    checkpoints: checkpoints.flatMap(({ uuid, checkpoint_stamp: stamp }) =>
      stamp ? { uuid, stamp } : [],
    ),
  };
}

/** How many versions a repository has. */
export async function countVersions(
  knex: Knex,
  repositoryId: number,
): Promise<number> {
  const [{ count }] = await knex<DbRepositoryVersionRow>('repository_version')
    .where({ repository_id: repositoryId })
    .count({ count: '*' });
  return Number(count);
}

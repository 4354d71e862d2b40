import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  rpmRepositoryPublishPermission,
  type ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import {
  insertPublication,
  readPublicationById,
} from '../database/operations/publications';
import { currentTimestamp } from '../database/time';
import {
  AuthorizedDistributionService,
  DefaultDistributionService,
} from '../distribution';
import { hrefOf, versionHrefOf } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import type { RepositoryRecord } from '../repository/types';
import { TaskQueue } from '../tasks';
import { createTestDatabases, insertTestRepository } from '../testing';
import { AuthorizedPublicationService } from './AuthorizedPublicationService';
import { DefaultPublicationService } from './DefaultPublicationService';
import type { PublicationRecord } from './types';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const credentials = mockCredentials.user();
const options = { credentials };
const query: ListQuery = { limit: 100, offset: 0 };
const MISSING_LINK = ['Invalid hyperlink - Object does not exist.'];

describe.each(databases.eachSupportedId())('who publishes on %p', id => {
  let knex: Knex;
  /** The caller may publish it, see it, and neither. */
  let mine: RepositoryRecord;
  let shown: RepositoryRecord;
  let secret: RepositoryRecord;
  let publications: AuthorizedPublicationService;
  let distributions: AuthorizedDistributionService;

  const hrefOfRepository = (repository: RepositoryRecord) =>
    hrefOf('repository', repository.uuid);

  async function publicationOf({
    id: repositoryId,
    latestVersion,
  }: RepositoryRecord): Promise<PublicationRecord> {
    const publicationId = await knex.transaction(trx =>
      insertPublication(
        trx,
        {
          createdAt: currentTimestamp(),
          repositoryId,
          versionId: latestVersion.id,
          checkpointStamp: undefined,
          checksumType: 'sha256',
          compressionType: 'gz',
          layout: 'flat',
          repoConfig: {},
          createdBy: undefined,
        },
        [],
      ),
    );
    return (await readPublicationById(knex, publicationId))!;
  }

  beforeAll(async () => {
    knex = await databases.init(id);
    await applyDatabaseMigrations(knex);
    mine = await insertTestRepository(knex, 'mine');
    shown = await insertTestRepository(knex, 'shown');
    secret = await insertTestRepository(knex, 'secret');
    const tasks = new TaskQueue({ knex });
    const access = {
      async requireRepository(permission, uuid) {
        if (uuid === secret.uuid) throw new NotFoundError('No RpmRepository.');
        const publishes =
          permission.name === rpmRepositoryPublishPermission.name;
        if (uuid === shown.uuid && publishes) throw new NotAllowedError();
      },
      async requireAdmin() {
        throw new NotAllowedError();
      },
      async visibleRepositories() {
        return { ids: [mine.id, shown.id] };
      },
    } as Partial<AccessControl> as AccessControl;
    publications = new AuthorizedPublicationService({
      knex,
      access,
      inner: new DefaultPublicationService({ knex, tasks }),
    });
    distributions = new AuthorizedDistributionService({
      knex,
      access,
      inner: new DefaultDistributionService({ knex, tasks }),
    });
  });

  it('is decided on the repository', async () => {
    const create = (repository: RepositoryRecord) =>
      publications.create(
        { repository: hrefOfRepository(repository) },
        options,
      );
    await expect(create(mine)).resolves.toBeDefined();
    await expect(create(shown)).rejects.toThrow(NotAllowedError);
    await expect(create(secret)).rejects.toMatchObject({
      body: { repository: MISSING_LINK },
    });
    await expect(
      publications.create(
        { repository_version: versionHrefOf(secret.uuid, 0) },
        options,
      ),
    ).rejects.toMatchObject({ body: { repository_version: MISSING_LINK } });
  });

  it('decides who sees and deletes publications', async () => {
    const [own, other, hidden] = await Promise.all(
      [mine, shown, secret].map(publicationOf),
    );
    const page = await publications.list(query, options);
    expect(page.rows.map(({ uuid }) => uuid).sort()).toEqual(
      [own.uuid, other.uuid].sort(),
    );
    await expect(publications.get(other.uuid, options)).resolves.toBeDefined();
    await expect(publications.get(hidden.uuid, options)).rejects.toThrow(
      NotFoundError,
    );
    await publications.delete(own.uuid, options);
    await expect(publications.delete(other.uuid, options)).rejects.toThrow(
      NotAllowedError,
    );
    await expect(publications.delete(hidden.uuid, options)).rejects.toThrow(
      NotFoundError,
    );
  });

  it('decides what may be served', async () => {
    const create = (name: string, target: object) =>
      distributions.create({ name, base_path: name, ...target }, options);
    const { uuid } = await publicationOf(secret);
    await expect(
      create('a', { repository: hrefOfRepository(mine) }),
    ).resolves.toBeDefined();
    await expect(
      create('b', { repository: hrefOfRepository(shown) }),
    ).rejects.toThrow(NotAllowedError);
    for (const [field, href] of [
      ['repository', hrefOfRepository(secret)],
      ['repository_version', versionHrefOf(secret.uuid, 0)],
      ['publication', hrefOf('publication', uuid)],
    ]) {
      await expect(create('c', { [field]: href })).rejects.toMatchObject({
        body: { [field]: MISSING_LINK },
      });
    }
    await expect(create('d', {})).rejects.toThrow(NotAllowedError);

    const { rows } = await distributions.list(query, options);
    expect(rows.map(({ name }) => name)).toEqual(['a']);
    await expect(
      distributions.update(
        rows[0].uuid,
        { repository: hrefOfRepository(shown) },
        { ...options, replace: false },
      ),
    ).rejects.toThrow(NotAllowedError);
    await expect(
      distributions.update(
        rows[0].uuid,
        { hidden: true },
        { ...options, replace: false },
      ),
    ).resolves.toMatchObject({ distribution: { hidden: true } });
  });
});

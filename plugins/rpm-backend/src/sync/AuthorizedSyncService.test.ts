import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import { insertRemote } from '../database/operations/remotes';
import { hrefOf } from '../identifiers';
import type { AccessControl } from '../permissions/AccessControl';
import { createTestDatabases, insertTestRepository } from '../testing';
import { AuthorizedSyncService } from './AuthorizedSyncService';

const databases = createTestDatabases();
const credentials = mockCredentials.user();

describe('AuthorizedSyncService', () => {
  let knex: Knex;
  let repository: string;
  let ownRemote: string;
  let otherRemote: string;

  const remoteNamed = (name: string) =>
    insertRemote(
      knex,
      {
        name,
        url: 'https://mirror.example/',
        policy: 'on_demand',
        labels: {},
        settings: {},
        secrets: {},
        owner: undefined,
        entity: undefined,
      },
      undefined,
    );

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await applyDatabaseMigrations(knex);
    ownRemote = await remoteNamed('own');
    otherRemote = await remoteNamed('other');
    const { id, uuid } = await insertTestRepository(knex, 'repository');
    await knex('repository')
      .where({ id })
      .update({
        remote_id: knex('remote').select('id').where({ uuid: ownRemote }),
      });
    repository = uuid;
  });

  /** Syncs as somebody who may change the repositories and see the remotes that are named. */
  function syncAs(
    allowed: { repositories: string[]; remotes: string[] },
    body: object,
  ) {
    const access = {
      requireRepository: async (permission: { name: string }, uuid: string) => {
        expect(permission.name).toBe('rpm.repository.modify');
        if (!allowed.repositories.includes(uuid)) throw new NotAllowedError();
      },
      requireRemote: async (permission: { name: string }, uuid: string) => {
        expect(permission.name).toBe('rpm.remote.read');
        if (!allowed.remotes.includes(uuid)) throw new NotFoundError();
      },
    } as unknown as AccessControl;
    const inner = { sync: async () => 'task' };
    return new AuthorizedSyncService({ knex, access, inner }).sync(
      repository,
      body,
      { credentials },
    );
  }

  it('lets through who may change the repository and see the remote', async () => {
    const allowed = { repositories: [repository], remotes: [ownRemote] };
    await expect(syncAs(allowed, {})).resolves.toBe('task');
    const remote = hrefOf('remote', ownRemote);
    await expect(syncAs(allowed, { remote })).resolves.toBe('task');
  });

  it('refuses who may not change the repository', async () => {
    const allowed = { repositories: [], remotes: [ownRemote] };
    await expect(syncAs(allowed, {})).rejects.toThrow(NotAllowedError);
  });

  it('knows no remote that the caller may not see', async () => {
    const allowed = { repositories: [repository], remotes: [otherRemote] };
    const unknown = { remote: ['Invalid hyperlink - Object does not exist.'] };
    await expect(syncAs(allowed, {})).rejects.toMatchObject({ body: unknown });
    const remote = hrefOf('remote', ownRemote);
    await expect(syncAs(allowed, { remote })).rejects.toMatchObject({
      body: unknown,
    });
  });
});

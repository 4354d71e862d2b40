import {
  parseModulesDocument,
  type Advisory,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { ModulemdUnitDocument } from '../../../content-units/modulemdDraft';
import { createTestDatabases, testPackage } from '../../../testing';
import { applyDatabaseMigrations } from '../../migrations';
import { currentTimestamp } from '../../time';
import {
  attachArtifacts,
  recordRemoteArtifacts,
  saveAdvisories,
  saveComps,
  saveModulemdDocuments,
  savePackages,
  saveRepoMetadataFiles,
} from '.';

jest.setTimeout(60_000);

const databases = createTestDatabases();

function modulesDocument(text: string): ModulemdUnitDocument {
  const document = parseModulesDocument(`---\n${text}\n...`);
  if (document.kind === 'unknown' || document.kind === 'invalid') {
    throw new Error(`No unit: ${text}`);
  }
  return document;
}

const MODULE = `document: modulemd
version: 2
data:
  name: ducks
  stream: '1.10'
  version: '20240101000000'
  context: deadbeef
  arch: noarch
  summary: Ducks
  description: "All\\0 ducks"
  license: { module: [MIT] }
  artifacts:
    rpms:
    - duck-0:0.6-1.noarch
    - duck-0:0.6-1.noarch
    - goose-2:1.0-1.noarch
    - nonsense`;

const GROUP: CompsUnit = {
  kind: 'group',
  id: 'birds',
  name: 'Birds',
  description: '',
  nameByLang: { de: 'Vögel' },
  descByLang: {},
  default: true,
  userVisible: true,
  biarchOnly: false,
  packages: [{ name: 'duck', type: 'mandatory', baseArchOnly: false }],
};

const ADVISORY: Advisory = {
  id: 'EX-2024:1',
  title: 'Ducks\0',
  severity: 'Low',
  rebootSuggested: false,
  pkglist: [],
  references: [],
};

describe.each(databases.eachSupportedId())('saving units on %p', databaseId => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
  });

  const unit = (id: number) => knex('unit').where({ id }).first();

  it('creates an advisory once, and another for any difference', async () => {
    const changed = { ...ADVISORY, updatedDate: '2024-01-02 00:00:00' };
    const created = new Set<number>();
    const given = [ADVISORY, changed, ADVISORY];
    const ids = await saveAdvisories(knex, given, created);
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
    expect(created).toEqual(new Set(ids));
    const createdAgain = new Set<number>();
    await saveAdvisories(knex, [ADVISORY], createdAgain);
    expect(createdAgain).toEqual(new Set());
    expect(await unit(ids[0])).toMatchObject({
      type: 'rpm.advisory',
      repo_key: 'EX-2024:1',
    });
    const row = await knex('rpm_advisory').where({ unit_id: ids[0] }).first();
    expect(row).toMatchObject({ title: 'Ducks', severity: 'Low', type: '' });
    expect(JSON.parse(row.document_json)).toEqual(ADVISORY);
  });

  it('writes a module with the artifacts it can read', async () => {
    const document = modulesDocument(MODULE);
    const [id] = await saveModulemdDocuments(knex, [document]);
    expect(await unit(id)).toMatchObject({
      type: 'rpm.modulemd',
      repo_key: 'ducks:1.10:20240101000000:deadbeef:noarch',
      digest: document.digest,
    });
    expect(
      await knex('rpm_modulemd').where({ unit_id: id }).first(),
    ).toMatchObject({
      stream: '1.10',
      description: 'All ducks',
      static_context: null,
      snippet: document.snippet,
    });
    expect(
      await knex('rpm_modulemd_artifact')
        .where({ modulemd_id: id })
        .orderBy('name')
        .select('name', 'epoch', 'version', 'release', 'arch'),
    ).toEqual(
      [
        ['duck', '0', '0.6'],
        ['goose', '2', '1.0'],
      ].map(([name, epoch, version]) => ({
        name,
        epoch,
        version,
        release: '1',
        arch: 'noarch',
      })),
    );
    expect(await saveModulemdDocuments(knex, [document])).toEqual([id]);
  });

  it('takes the kinds of module documents together', async () => {
    const ids = await saveModulemdDocuments(knex, [
      modulesDocument(
        `document: modulemd-obsoletes\nversion: 1\ndata:\n  modified: 2024-01-01T00:00Z\n  module: ducks\n  stream: '1.10'\n  message: gone`,
      ),
      modulesDocument(
        `document: modulemd-defaults\nversion: 1\ndata:\n  module: ducks\n  stream: '1.10'`,
      ),
    ]);
    expect(await unit(ids[0])).toMatchObject({
      type: 'rpm.modulemd_obsolete',
      repo_key: null,
    });
    expect(await unit(ids[1])).toMatchObject({
      type: 'rpm.modulemd_defaults',
      repo_key: 'ducks',
    });
    expect(
      await knex('rpm_modulemd_defaults').where({ unit_id: ids[1] }).first(),
    ).toMatchObject({ stream: '1.10', profiles_json: '{}' });
  });

  it('saves all kinds of comps units', async () => {
    const ids = await saveComps(knex, [
      GROUP,
      { kind: 'langpacks', matches: { duck: 'duck-%s' } },
    ]);
    expect(await unit(ids[0])).toMatchObject({
      type: 'rpm.packagegroup',
      repo_key: 'birds',
    });
    expect(await unit(ids[1])).toMatchObject({
      type: 'rpm.packagelangpacks',
      repo_key: null,
    });
    const row = await knex('rpm_comps').where({ unit_id: ids[0] }).first();
    expect(JSON.parse(row.document_json)).toEqual(GROUP);
  });

  it('records where files are and where they can be fetched', async () => {
    const [packageId] = await savePackages(knex, [
      testPackage({ name: 'filed' }),
    ]);
    const [fileId] = await saveRepoMetadataFiles(knex, [
      {
        dataType: 'productid',
        relativePath: 'repodata/productid.gz',
        checksumType: 'sha256',
        checksum: 'AB'.repeat(32),
      },
    ]);
    expect(await unit(fileId)).toMatchObject({ repo_key: 'productid' });

    const now = currentTimestamp();
    const [{ id: remoteId }] = await knex('remote')
      .insert({
        uuid: '01900000-0000-7000-8000-000000000001',
        created_at: now,
        updated_at: now,
        name: 'remote',
        url: 'https://packages.example/',
        policy: 'on_demand',
        labels_json: '{}',
        settings_json: '{}',
      })
      .returning('id');
    const remoteArtifact = (url: string) => ({
      unit_id: packageId,
      remote_id: remoteId,
      url,
      size: 1000,
      checksum_type: 'sha256',
      checksum: 'ab'.repeat(32),
    });
    await recordRemoteArtifacts(knex, [
      remoteArtifact('https://packages.example/old.rpm'),
      remoteArtifact('https://packages.example/a.rpm'),
    ]);
    await recordRemoteArtifacts(knex, [
      remoteArtifact('https://packages.example/b.rpm'),
    ]);
    expect(
      await knex('remote_artifact').where({ unit_id: packageId }).select('url'),
    ).toEqual([{ url: 'https://packages.example/b.rpm' }]);

    const artifacts = await knex('artifact')
      .insert(
        [1, 2].map(digit => ({
          uuid: `01900000-0000-7000-8000-00000000001${digit}`,
          sha256: `${digit}`.repeat(64),
          size: 1,
          sha224: '',
          sha384: '',
          sha512: '',
          created_at: now,
        })),
      )
      .returning('id');
    for (const { id } of artifacts) {
      await attachArtifacts(knex, [{ unit_id: packageId, artifact_id: id }]);
    }
    expect(
      await knex('unit_artifact').where({ unit_id: packageId }),
    ).toMatchObject([{ artifact_id: artifacts[0].id }]);
  });
});

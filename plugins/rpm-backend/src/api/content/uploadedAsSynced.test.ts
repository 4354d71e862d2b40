import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { EXAMPLE_FOLDERS } from '../../sync/testing/SyncTester';
import { createTestDatabases, startRpmBackend } from '../../testing';
import { uploadExampleModules } from '../../testing/documents';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const FOLDER = EXAMPLE_FOLDERS['repo-2'];
const PACKAGES = 'content/rpm/packages/';

describe('packages of real files', () => {
  it('are what a sync of createrepo_c’s metadata makes of them', async () => {
    const compared = [];
    for (const way of ['upload', 'sync']) {
      const rpm = await startRpmBackend({
        knex: await databases.init('SQLITE_3'),
        config: { allowedImportPaths: [FOLDER] },
      });
      if (way === 'upload') {
        await uploadExampleModules(rpm);
        for (const name of await readdir(FOLDER)) {
          if (!name.endsWith('.rpm')) continue;
          const { status } = await rpm
            .form(`${PACKAGES}upload/`)
            .attach('file', await readFile(join(FOLDER, name)), name);
          expect([name, status]).toEqual([name, 201]);
        }
      } else {
        const { body: remote } = await rpm.post('remotes/rpm/rpm/', {
          name: 'files',
          url: pathToFileURL(`${FOLDER}/`).href,
          policy: 'on_demand',
        });
        const { body: repository } = await rpm.post('repositories/rpm/rpm/', {
          name: 'files',
          remote: remote.pulp_href,
        });
        await rpm.completed(await rpm.post(`${repository.pulp_href}sync/`));
      }
      const { body } = await rpm.get(`${PACKAGES}?limit=200`);
      compared.push(
        body.results
          .map(whatAFileSays)
          .sort((a: any, b: any) =>
            a.location_href < b.location_href ? -1 : 1,
          ),
      );
      await rpm.stop();
    }
    const [uploaded, synced] = compared;
    expect(uploaded).toHaveLength(33);
    expect(uploaded).toEqual(synced);
  });
});

/** All but where the file is and when it came. */
function whatAFileSays(pkg: Record<string, unknown>) {
  const {
    pulp_href: _href,
    prn: _prn,
    pulp_created: _created,
    pulp_last_updated: _updated,
    artifact: _artifact,
    signing_keys: _keys,
    time_file: _time,
    ...rest
  } = pkg;
  for (const digest of [
    'md5',
    'sha1',
    'sha224',
    'sha256',
    'sha384',
    'sha512',
  ]) {
    delete rest[digest];
  }
  return rest;
}

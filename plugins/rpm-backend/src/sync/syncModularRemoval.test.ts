import { createTestDatabases } from '../testing';
import { composePrimary, composeRepository } from './testing/composeRepository';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const MODULES = {
  type: 'modules',
  location: 'repodata/modules.yaml.gz',
  content: `---
document: modulemd
version: 2
data:
  name: birds
  stream: '1'
  version: '1'
  context: c0ffee
  arch: noarch
  summary: Birds
  description: Birds
  license: { module: [MIT] }
  artifacts: { rpms: ['duck-0:1.0-1.noarch', 'swan-0:1.0-1.noarch'] }
...`,
};

const composed = (...names: string[]) =>
  composeRepository([
    { type: 'primary', content: composePrimary(names.map(name => ({ name }))) },
    MODULES,
  ]);

describe.each(databases.eachSupportedId())(
  'a mirror of a source that loses a package of a module, on %p',
  databaseId => {
    let tester: SyncTester;

    beforeAll(async () => {
      tester = await SyncTester.start(await databases.init(databaseId));
    });
    afterAll(() => tester.stop());

    it.each([
      ['warn', 1],
      ['reject', 1],
      ['allow', 0],
    ])('follows it where modular_removal is %s', async (policy, told) => {
      const url = tester.server.compose(policy, composed('duck', 'swan'));
      const remote = await tester.createRemote(url);
      const repository = await tester.createRepository({
        modular_removal: policy,
      });
      const body = { remote, sync_policy: 'mirror_content_only' };
      const first = await tester.synced(repository, body);
      expect(first.warnings).toEqual([]);
      tester.server.compose(policy, composed('duck'));
      const { warnings, warning_count: count } = await tester.synced(
        repository,
        body,
      );
      expect(count).toBe(told);
      expect(warnings.map(({ sentence }: any) => sentence)).toEqual(
        told
          ? [
              'swan-1.0-1.noarch is removed although it is an artifact of ' +
                'birds:1:1:c0ffee:noarch, which stays.',
            ]
          : [],
      );
      expect(await tester.packages(repository)).toEqual([
        'duck-1.0-1.noarch.rpm',
      ]);
    });
  },
);

import { createTestDatabases } from '../testing';
import { countsOf, SyncTester } from './testing/SyncTester';

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('sync on %p', databaseId => {
  let tester: SyncTester;

  beforeAll(async () => {
    tester = await SyncTester.start(await databases.init(databaseId));
  });
  afterAll(() => tester.stop());

  it('takes all that a repository has', async () => {
    const remote = await tester.createRemote(tester.server.urlOf('zoo'));
    const repository = await tester.createRepository();
    const result = await tester.synced(repository, { remote });
    expect(result).toMatchObject({
      pulp_href: `${repository}versions/1/`,
      number: 1,
      outcome: 'created',
      problems: [],
    });
    expect(countsOf(result.content_summary.present)).toEqual({
      'rpm.package': 35,
      'rpm.advisory': 4,
      'rpm.packagegroup': 2,
      'rpm.packagecategory': 1,
      'rpm.packagelangpacks': 1,
    });
  });
});

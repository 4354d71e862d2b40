import { createTestDatabases } from '../testing';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const ADDED = [
  'zebra-0.1-2.noarch.rpm',
  'wolf-9.4-2.noarch.rpm',
  'whale-0.2-1.noarch.rpm',
  'walrus-5.21-1.noarch.rpm',
  'walrus-0.71-1.noarch.rpm',
];

/**
 * The commands of the guide "Modify Repository Content", in its order, as the requests that the
 * `pulp` command makes of them.
 */
describe.each(databases.eachSupportedId())(
  'the guide on modifying repository content on %p',
  databaseId => {
    let tester: SyncTester;
    let fixture: string;
    let repository: string;

    beforeAll(async () => {
      tester = await SyncTester.start(await databases.init(databaseId));
    });
    afterAll(() => tester.stop());

    /** `pulp rpm repository content list --repository … --limit …` */
    async function list(of: string, limit = 25): Promise<any[]> {
      const { body: shown } = await tester.rpm.get(of);
      const { body } = await tester.rpm.get(
        `content/rpm/packages/?repository_version=${shown.latest_version_href}&limit=${limit}&offset=0`,
      );
      return body.results;
    }

    const files = (units: any[]) => units.map(unit => unit.location_href);
    const hrefs = (units: any[]) => units.map(unit => unit.pulp_href);

    /** `pulp rpm repository content modify …`, then `pulp rpm repository show` */
    async function modify(body: object): Promise<string> {
      const reply = await tester.rpm.post(`${repository}modify/`, body);
      expect(reply.status).toBe(202);
      await tester.rpm.completed(reply);
      return (await tester.rpm.get(repository)).body.latest_version_href;
    }

    it('sets the sample up', async () => {
      repository = await tester.createRepository({ name: 'modify_test_repo' });
      fixture = await tester.createRepository({ name: 'fixture_repo' });
      const remote = await tester.createRemote(tester.server.urlOf('zoo'), {
        name: 'fixture_remote',
        policy: 'immediate',
      });
      await tester.synced(fixture, { remote });
      expect(await list(fixture, 100)).toHaveLength(35);
    });

    it('adds content', async () => {
      const latest = await modify({
        add_content_units: hrefs(await list(fixture, 5)),
      });
      expect(latest).toBe(`${repository}versions/1/`);
      expect(files(await list(repository))).toEqual(ADDED);
    });

    it('removes content', async () => {
      const latest = await modify({
        remove_content_units: hrefs(await list(repository, 2)),
      });
      expect(latest).toBe(`${repository}versions/2/`);
      expect(files(await list(repository))).toEqual(ADDED.slice(2));
    });

    it('copies content from a version', async () => {
      const latest = await modify({ base_version: `${repository}versions/1/` });
      expect(latest).toBe(`${repository}versions/3/`);
      expect(files(await list(repository))).toEqual(ADDED);
    });
  },
);

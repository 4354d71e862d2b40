import { mockCredentials } from '@backstage/backend-test-utils';
import { PlanTester } from '../plan/testing/PlanTester';
import { createTestDatabases } from '../testing';
import { testPolicy } from '../testing/policies';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const READER = 'user:default/reader';
const reader = mockCredentials.user.header(READER);
const SEEN = { pulp_labels: { team: 'mine' } };

describe.each(databases.eachSupportedId())(
  'access to plans on %p',
  databaseId => {
    let tester: PlanTester;
    let shown: string;
    let hidden: string;
    /** Repositories by UUID into which the reader may copy, and which it may read. */
    const copies = new Set<string>();
    const reads = new Set<string>();

    beforeAll(async () => {
      tester = await PlanTester.start(await databases.init(databaseId), {
        features: [
          testPolicy({
            allows: (permission, user, resource = '') =>
              user !== READER ||
              (permission === 'rpm.repository.read' && reads.has(resource)) ||
              (permission === 'rpm.repository.copy' && copies.has(resource)),
            sees: { user: READER, label: 'team' },
          }),
        ],
      });
      shown = await tester.repository('lib base', SEEN);
      hidden = await tester.repository('lib base');
      reads.add(uuidOf(shown));
    });
    afterAll(() => tester.stop());

    const uuidOf = (href: string) => href.split('/').at(-2)!;
    const destination = async () => {
      const href = await tester.repository('', SEEN);
      reads.add(uuidOf(href));
      return href;
    };
    const listed = async () => {
      const { body } = await tester.rpm.get('rpm/plans/', reader);
      return body.results.map(({ pulp_href: href }: any) => href);
    };

    it('is for who may read all that they are about', async () => {
      const plan = await tester.plan(shown, await destination(), 'lib');
      for (const path of ['', 'units/', 'missing/']) {
        const { status } = await tester.rpm.get(
          `${plan.pulp_href}${path}`,
          reader,
        );
        expect(status).toBe(200);
      }
      expect(await listed()).toContain(plan.pulp_href);
    });

    it.each([
      ['a source', async () => [hidden, await destination()]],
      ['a destination', async () => [shown, await tester.repository()]],
    ])('is for nobody who may not read %s', async (_, repositories) => {
      const [from, to] = await repositories();
      const plan = await tester.plan(from, to, 'lib');
      for (const path of ['', 'units/', 'missing/', 'problem/']) {
        const { status, body } = await tester.rpm.get(
          `${plan.pulp_href}${path}`,
          reader,
        );
        expect(status).toBe(404);
        expect(body).toEqual({ detail: 'No Plan matches the given query.' });
      }
      const applied = await tester.rpm.post(
        `${plan.pulp_href}apply/`,
        {},
        reader,
      );
      expect(applied.status).toBe(404);
      expect(await listed()).not.toContain(plan.pulp_href);
    });

    it('to apply them is for who may copy into all destinations', async () => {
      const to = await destination();
      const plan = await tester.plan(shown, to, 'lib');
      const apply = () =>
        tester.rpm.post(`${plan.pulp_href}apply/`, {}, reader);
      expect((await apply()).status).toBe(403);
      copies.add(uuidOf(to));
      const task = await tester.rpm.completed(await apply());
      expect(task.created_by).toBe(READER);
      const { body } = await tester.rpm.get(`${to}versions/1/`);
      expect(body.created_by).toBe(READER);
    });

    it('to the tasks of copies is for who may read the sources, too', async () => {
      const to = await destination();
      const tasks: any[] = [];
      for (const from of [shown, hidden]) {
        tasks.push(
          await tester.rpm.completed(
            await tester.copy(from, to, 'lib', { dry_run: true }),
          ),
        );
      }
      const { body } = await tester.rpm.get('tasks/?limit=1000', reader);
      const seen = body.results.map(({ pulp_href: href }: any) => href);
      expect(seen).toContain(tasks[0].pulp_href);
      expect(seen).not.toContain(tasks[1].pulp_href);
    });

    it('ends with a repository that they are about', async () => {
      const from = await tester.repository('lib base');
      const plan = await tester.plan(from, await destination(), 'lib');
      await tester.rpm.completed(await tester.rpm.delete(from));
      expect((await tester.rpm.get(plan.pulp_href)).status).toBe(404);
    });
  },
);

import { createTestDatabases } from '../testing';
import { startPulpCommand } from './testing/startPulpCommand';
import { syncEverything } from './testing/syncEverything';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** How many units of each type the repositories below have together. */
const UNITS = {
  packages: 69,
  advisories: 7,
  modulemds: 4,
  modulemd_defaults: 1,
  modulemd_obsoletes: 1,
  packagegroups: 4,
  packagecategories: 2,
  packageenvironments: 1,
  packagelangpacks: 2,
  repo_metadata_files: 1,
};

describe.each(databases.eachSupportedId())(
  'content by the pulp command on %p',
  databaseId => {
    let started: Awaited<ReturnType<typeof startPulpCommand>>;

    beforeAll(async () => {
      started = await startPulpCommand(await databases.init(databaseId));
      await syncEverything(started.pulp, started.server, 'everything');
    });
    afterAll(() => started.stop());

    it.each(Object.entries(UNITS))(
      'rpm content -t %s list, show',
      async (type, count) => {
        const { pulp } = started;
        const { latest_version_href: version } = await pulp.repository(
          'everything',
        );
        const units = await pulp.list(`content_rpm_${type}_list`, {
          query: { repository_version: version },
        });
        expect(units).toHaveLength(count);
        for (const unit of units) {
          expect(
            await pulp.client.call(`content_rpm_${type}_read`, {
              href: unit.pulp_href,
            }),
          ).toEqual(unit);
        }
      },
    );

    it('rpm repository content list --all-types', async () => {
      const units = await started.pulp.content({
        repository: 'everything',
        allTypes: true,
        limit: Infinity,
      });
      expect(units).toHaveLength(
        Object.values(UNITS).reduce((sum, count) => sum + count),
      );
    });

    it('rpm content list with some fields', async () => {
      const { client } = started.pulp;
      const { results } = await client.call('content_rpm_packages_list', {
        query: {
          name__in: ['walrus'],
          ordering: ['version'],
          fields: ['name', 'version'],
        },
      });
      expect(results).toEqual([
        { name: 'walrus', version: '0.71' },
        { name: 'walrus', version: '5.21' },
      ]);
      const minimal = await client.call('content_rpm_packages_list', {
        query: { minimal: true, limit: 1 },
      });
      expect(minimal.results[0]).not.toHaveProperty('files');
    });
  },
);

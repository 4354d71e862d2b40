import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';

jest.setTimeout(300_000);

/** 100,000 of them take minutes: RPM_TEST_UNITS=100000 asks for that. */
const UNITS = Number(process.env.RPM_TEST_UNITS ?? 10_000);

/** Whatever the content. Both are below what naming each unit would take. */
const MOST_PARAMETERS = 3_000;
const LONGEST_TEXT = 40_000;

const databases = createTestDatabases();

/** Packages of ten versions each, in few statements. */
async function insertPackages(knex: Knex): Promise<void> {
  const uuid = `'00000000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2)`;
  const isPostgres = knex.client.config.client === 'pg';
  const numbers = `with recursive numbers(i) as
    (select 1 union all select i + 1 from numbers where i < ${UNITS})`;
  const nevra = `'package-' || (i / 10) || '-1.' || (i % 10) || '-1.noarch'`;
  await knex.raw(`${numbers} insert into unit
    (id, uuid, type, digest, repo_key, labels_json, created_at)
    select i, ${isPostgres ? `cast(${uuid} as uuid)` : uuid},
      'rpm.package', cast(i as text), ${nevra}, '{}', '2024-01-01'
    from numbers`);
  await knex.raw(`${numbers} insert into rpm_package
    (unit_id, name, epoch, version, release, arch, evr_key, pkg_id,
      checksum_type, location_href, summary, description, url, packager,
      vendor, license, rpm_group, buildhost, sourcerpm, header_start,
      header_end, time_file, time_build, size_package, size_installed,
      size_archive)
    select i, 'package-' || (i / 10), '0', '1.' || (i % 10), '1', 'noarch',
      '05115' || (i % 10), cast(i as text), 'sha256', ${nevra} || '.rpm',
      '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0, 0
    from numbers`);
  await knex.raw(`${numbers} insert into rpm_package_relations
    (unit_id, provides, requires, conflicts, obsoletes, suggests, enhances,
      recommends, supplements)
    select i, '', '', '', '', '', '', '', '' from numbers`);
  await knex.raw(`${numbers} insert into rpm_package_extras
    (unit_id, files, changelogs) select i, '', '' from numbers`);
}

describe.each(databases.eachSupportedId())(
  'the statements of large repositories on %p',
  databaseId => {
    let rpm: RpmTestBackend;
    let most = { parameters: 0, text: 0 };

    beforeAll(async () => {
      const knex = await databases.init(databaseId);
      await applyDatabaseMigrations(knex);
      await insertPackages(knex);
      knex.on('query', ({ sql, bindings = [] }) => {
        most = {
          parameters: Math.max(most.parameters, bindings.length),
          text: Math.max(most.text, sql.length),
        };
      });
      rpm = await startRpmBackend({ knex });
    });
    afterAll(() => rpm.stop());

    const modify = async (repository: string, body: object) => {
      const reply = await rpm.post(`${repository}modify/`, body);
      const task = await rpm.completed(reply);
      return task.created_resources[0] as string;
    };
    const create = async (name: string, settings: object = {}) => {
      const { body } = await rpm.post('repositories/rpm/rpm/', {
        name,
        ...settings,
      });
      return body.pulp_href as string;
    };

    it('do not grow with what they are about', async () => {
      const { body: page } = await rpm.get(
        'content/rpm/packages/?limit=1&fields=pulp_href',
      );
      expect(page.count).toBe(UNITS);
      const [collection] = page.results[0].pulp_href.split(/[^/]+\/$/);
      const all = Array.from(
        { length: UNITS },
        (_, index) =>
          `${collection}00000000-0000-7000-8000-${String(index + 1).padStart(
            12,
            '0',
          )}/`,
      );
      const repository = await create('large');
      const full = await modify(repository, { add_content_units: all });
      const summary = (await rpm.get(full)).body.content_summary;
      expect(summary.present['rpm.package'].count).toBe(UNITS);

      const empty = await modify(repository, { remove_content_units: ['*'] });
      await modify(repository, { base_version: full });
      await modify(repository, { remove_content_units: all.slice(0, -1) });

      const other = await create('other');
      await modify(other, { base_version: full });
      for (const [to, from] of [
        [empty, full],
        [full, empty],
        [`${other}versions/1/`, empty],
      ]) {
        const { body: diff } = await rpm.get(`${to}diff/?from=${from}`);
        expect(diff.counts.package.added + diff.counts.package.removed).toBe(
          UNITS,
        );
      }
      for (const query of [
        `repository_version=${full}&ordering=name`,
        `repository_version=${full}&name__contains=package`,
        `repository_version_added=${full}&offset=${UNITS - 10}`,
        `repository_version_removed=${empty}`,
      ]) {
        const { body: list } = await rpm.get(
          `content/rpm/packages/?${query}&limit=100&fields=pulp_href`,
        );
        expect(list.count).toBe(UNITS);
      }

      await rpm.completed(
        await rpm.post('publications/rpm/rpm/', { repository_version: full }),
      );
      await rpm.completed(await rpm.delete(empty));
      await rpm.completed(await rpm.delete(`${repository}versions/3/`));
      await rpm.completed(
        await rpm.patch(other, { retain_package_versions: 2 }),
      );
      const retained = await modify(other, {
        remove_content_units: all.slice(0, 1),
      });
      const { body: version } = await rpm.get(retained);
      expect(version.content_summary.present['rpm.package'].count).toBeLessThan(
        UNITS / 4,
      );
      await rpm.completed(await rpm.patch(other, { retain_repo_versions: 1 }));
      await rpm.completed(await rpm.delete(repository));

      expect(most.parameters).toBeLessThan(MOST_PARAMETERS);
      expect(most.text).toBeLessThan(LONGEST_TEXT);
    });
  },
);

import type { Knex } from 'knex';
import { savePackages } from '../database/operations/content-units';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  startRpmBackend,
  testPackage,
  type RpmTestBackend,
} from '../testing';
import { hrefOf, versionHrefOf } from '../identifiers';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const PACKAGES = 1_500;

describe.each(databases.eachSupportedId())('large lists on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let version: string;
  let stork: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    const ids = await savePackages(
      knex,
      Array.from({ length: PACKAGES }, (_, index) =>
        testPackage({ name: `package-${index}` }),
      ),
    );
    const repository = await insertTestRepository(knex, 'large');
    await insertTestVersion(knex, repository.id, { add: ids.slice(1) });
    version = versionHrefOf(repository.uuid, 1);
    await knex('unit').update({ labels_json: '{"stage":"dev"}' });
    const { uuid } = await knex('unit').where({ id: ids[1] }).first('uuid');
    stork = hrefOf('rpm.package', uuid);
  });
  afterAll(() => rpm.stop());

  /** The most rows that any statement gave, and the most parameters that any took. */
  async function costOf(query: string): Promise<[rows: number, sent: number]> {
    let rows = 0;
    let sent = 0;
    const watch = (answer: any, { bindings }: { bindings?: unknown[] }) => {
      rows = Math.max(rows, (answer?.rows ?? answer)?.length ?? 0);
      sent = Math.max(sent, bindings?.length ?? 0);
    };
    knex.on('query-response', watch);
    const reply = await rpm.get(`content/rpm/packages/?limit=5&${query}`);
    knex.removeListener('query-response', watch);
    expect([reply.status, reply.body.results?.length]).toEqual([200, 5]);
    return [rows, sent];
  }

  it('read no more than the page, whatever they are narrowed by', async () => {
    for (const query of [
      '',
      'ordering=-name',
      'name__contains=age',
      'name__startswith=package-1',
      'epoch=0',
      'arch__ne=src',
      `repository_version=${version}`,
      `repository_version_added=${version}`,
      'pulp_label_select=stage',
      'pulp_label_select=stage=dev',
      'pulp_label_select=stage~d,!other',
      `q=NOT pulp_label_select="other" AND (epoch=0 OR name="x")`,
      `q=repository_version="${version}" OR pulp_href__in="${stork}"`,
    ]) {
      const [rows, sent] = await costOf(query.replace(/ /g, '%20'));
      expect([query, rows <= 10, sent < 30]).toEqual([query, true, true]);
    }
  });

  it('give the same pages from either end of a version', async () => {
    const page = async (limit: number, offset: number) => {
      const { body } = await rpm.get(
        `content/rpm/packages/?fields=name&repository_version=${version}&limit=${limit}&offset=${offset}`,
      );
      expect(body.count).toBe(PACKAGES - 1);
      return body.results.map(({ name }: { name: string }) => name);
    };
    // Newest first; the repository lacks the oldest.
    const all = Array.from(
      { length: PACKAGES - 1 },
      (_, index) => `package-${PACKAGES - 1 - index}`,
    );
    for (const offset of [0, 3, 748, 749, 750, 1_490, 1_497, 1_498, 1_600]) {
      expect(await page(7, offset)).toEqual(all.slice(offset, offset + 7));
    }
  });

  it('show a hundred at once where nothing else is asked for', async () => {
    const { body } = await rpm.get('content/rpm/packages/?fields=name');
    expect([body.count, body.results.length]).toEqual([PACKAGES, 100]);
    expect(body.next).toMatch(/[?&]limit=100(&|$)/);
    expect(body.next).toMatch(/[?&]offset=100(&|$)/);
  });

  it('of names match hostile patterns in steady time', async () => {
    const hostile = encodeURIComponent('^(([a-z])+.)+[A-Z]([a-z])+$');
    const names = ['a'.repeat(200), 'large'];
    await rpm.post('repositories/rpm/rpm/', { name: names[0] });
    const list = (query: string) => rpm.get(`repositories/rpm/rpm/?${query}`);
    expect((await list(`name__regex=${hostile}`)).body.count).toBe(0);
    expect((await list('name__regex=^l.%2Be$')).body.count).toBe(1);
    expect((await list('name__regex=^L.%2BE$')).body.count).toBe(0);
    expect((await list('name__iregex=^L.%2BE$')).body.count).toBe(1);
    expect((await list('q=NOT%20name__regex="^l"')).body.count).toBe(1);
    for (const [pattern, message] of [
      ['(', 'Enter a valid regular expression.'],
      ['(?=a)', 'Enter a valid regular expression.'],
      ['(a{1000}){1000}', 'Enter a valid regular expression.'],
      ['a'.repeat(501), 'Ensure this value has at most 500 characters.'],
    ]) {
      const text = encodeURIComponent(pattern);
      const refused = await list(`name__iregex=${text}`);
      expect([refused.status, refused.body]).toEqual([
        400,
        { name__iregex: [message] },
      ]);
      const inside = await list(`q=name__iregex="${text}"`);
      expect([inside.status, inside.body]).toEqual([
        400,
        { q: [`name__iregex: ${message}`] },
      ]);
    }
  });
});

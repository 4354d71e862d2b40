import {
  compress,
  compsDigest,
  renderComps,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { gzipSync } from 'zlib';
import { COMPS_CONTENT_TYPES } from '../content-units/compsDraft';
import {
  serializePackageCategory,
  serializePackageEnvironment,
  serializePackageGroup,
  serializePackageLangpacks,
} from './content/serializeComps';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { postFile } from '../testing/documents';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';
import { compsUnit } from '../upload/testing/arbitraries';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const PATH = 'rpm/comps/';

const texts = (id: string) => ({
  id,
  name: `The ${id}`,
  description: '',
  nameByLang: {},
  descByLang: {},
});

const group = (id: string, ...packages: string[]): CompsUnit => ({
  kind: 'group',
  ...texts(id),
  default: false,
  userVisible: true,
  biarchOnly: false,
  packages: packages.map(name => ({
    name,
    type: 'mandatory',
    baseArchOnly: false,
  })),
});

const ALL: CompsUnit[] = [
  group('birds', 'duck'),
  group('fish', 'pike'),
  {
    kind: 'category',
    ...texts('animals'),
    groups: [{ id: 'birds', default: false }],
  },
  {
    kind: 'environment',
    ...texts('zoo'),
    groups: [{ id: 'birds', default: false }],
    optionalGroups: [{ id: 'fish', default: true }],
  },
  { kind: 'langpacks', matches: { duck: 'duck-%s' } },
];

const SERIALIZERS: Record<CompsUnit['kind'], (unit: any) => object> = {
  group: serializePackageGroup,
  category: serializePackageCategory,
  environment: serializePackageEnvironment,
  langpacks: serializePackageLangpacks,
};

/** What the API shows of a unit besides what all units have. */
function shown(unit: CompsUnit): object {
  const record = {
    uuid: '',
    type: COMPS_CONTENT_TYPES[unit.kind],
    digest: compsDigest(unit),
    labels: {},
    createdAt: '',
    comps: unit,
  };
  const {
    pulp_href: _href,
    prn: _prn,
    pulp_created: _created,
    pulp_last_updated: _updated,
    ...content
  } = SERIALIZERS[unit.kind](record) as Record<string, unknown>;
  return content;
}

describe.each(databases.eachSupportedId())(
  'uploads of comps on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(await saveTestPackages(knex, { duck: {} }));
    });
    afterAll(() => rpm.stop());

    const upload = async (
      file: string | Buffer,
      fields: Record<string, string> = {},
    ) => rpm.finished(await postFile(rpm, PATH, file, fields));

    const read = async (href: string) => (await rpm.get(href)).body;

    const present = async (version: string) =>
      Object.fromEntries(
        Object.entries<{ count: number }>(
          (await read(version)).content_summary.present,
        ).map(([type, { count }]) => [type, count]),
      );

    it('make units of all that the file defines, and a version', async () => {
      const repository = await driver.create();
      const reply = await postFile(rpm, PATH, renderComps(ALL), { repository });
      expect([reply.status, reply.body]).toEqual([
        202,
        { task: expect.any(String) },
      ]);
      const task = await rpm.completed(reply);
      expect(task.name).toBe('pulp_rpm.app.tasks.comps.upload_comps');
      const [version, ...units] = task.created_resources;
      expect(version).toBe(`${repository}versions/1/`);
      expect(task.result).toMatchObject({
        outcome: 'created',
        version,
        problems: [],
      });
      expect(await Promise.all(units.map(read))).toMatchObject(ALL.map(shown));
      expect(await present(version)).toEqual({
        'rpm.packagegroup': 2,
        'rpm.packagecategory': 1,
        'rpm.packageenvironment': 1,
        'rpm.packagelangpacks': 1,
      });
    });

    it('name units that exist too, and change nothing twice', async () => {
      const repository = await driver.create();
      const file = renderComps(ALL);
      const first = await upload(file, { repository });
      const [, ...units] = first.created_resources;
      const again = await upload(file, { repository });
      expect(again).toMatchObject({
        state: 'completed',
        created_resources: units,
        result: { outcome: 'unchanged', version: `${repository}versions/1/` },
      });
      const alone = await upload(file);
      expect(alone).toMatchObject({
        state: 'completed',
        created_resources: units,
      });
    });

    it('add to what is there, and replace units of one id', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'duck' });
      await upload(renderComps(ALL), { repository });
      const { result } = await upload(
        renderComps([group('birds', 'duck', 'goose'), group('new')]),
        { repository },
      );
      expect(await present(`${repository}versions/3/`)).toEqual({
        'rpm.package': 1,
        'rpm.packagegroup': 3,
        'rpm.packagecategory': 1,
        'rpm.packageenvironment': 1,
        'rpm.packagelangpacks': 1,
      });
      expect(result.consequences).toMatchObject([
        { label: 'birds', reason: 'replaced', because_of: { label: 'birds' } },
      ]);
    });

    it('take the place of all of their kind when asked to', async () => {
      const repository = await driver.create();
      await driver.change(repository, { add: 'duck' });
      await upload(renderComps(ALL), { repository });
      const kept = group('birds', 'duck');
      const task = await upload(renderComps([kept, group('new')]), {
        repository,
        replace: 'true',
      });
      const version = `${repository}versions/3/`;
      expect(task.created_resources[0]).toBe(version);
      expect(task.created_resources).toHaveLength(3);
      expect(await present(version)).toEqual({
        'rpm.package': 1,
        'rpm.packagegroup': 2,
      });
      const { content_summary: summary } = await read(version);
      expect(summary.added['rpm.packagegroup'].count).toBe(1);
      expect(summary.removed['rpm.packagegroup'].count).toBe(1);
      expect(await read(version)).toMatchObject({
        inputs: { operation: 'upload comps', replace: true },
      });
    });

    it('may be compressed', async () => {
      const file = renderComps([group('compressed')]);
      const chunks = async function* chunks() {
        yield Buffer.from(file);
      };
      const units = new Set<string>();
      for (const compression of ['none', 'gz', 'zstd'] as const) {
        const parts: Uint8Array[] = [];
        for await (const part of compress(chunks(), compression)) {
          parts.push(part);
        }
        const task = await upload(Buffer.concat(parts));
        expect(task).toMatchObject({ state: 'completed' });
        units.add(task.created_resources[0]);
      }
      expect(units.size).toBe(1);
    });

    it('take the first of units that exclude each other, and tell', async () => {
      const repository = await driver.create();
      const file = renderComps([group('twin'), group('twin', 'duck')]);
      const { result } = await upload(file, { repository });
      expect(result).toMatchObject({
        counts: { present: { 'rpm.packagegroup': 1 } },
        problems: ['There is more than one group "twin"; the first is taken.'],
      });
    });

    it.each([
      ['cut off', '<comps><group>', 'is not well-formed XML'],
      ['something else', '<metadata/>', 'has the root element <metadata>'],
      ['no XML', 'birds', 'is not well-formed XML'],
      ['without id', '<comps><group/></comps>', 'has a group without id'],
      [
        'an XML bomb',
        '<!DOCTYPE comps [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><comps><group><id>&b;</id></group></comps>',
        'undefined entity',
      ],
      [
        'damaged',
        gzipSync(renderComps(ALL)).subarray(0, 60),
        'The metadata file document cannot be read',
      ],
      [
        'a decompression bomb',
        gzipSync(`<comps>${' '.repeat(80 * 1024 ** 2)}</comps>`),
        'bytes when decompressed',
      ],
    ])('fail for a file that is %s', async (_name, file, reason) => {
      const repository = await driver.create();
      const task = await upload(file, { repository });
      expect(task.state).toBe('failed');
      expect(task.error.description).toMatch(
        /^\[RPM0000\] The metadata file document cannot be (read|used): .*\.$/,
      );
      expect(task.error.description).toContain(reason);
      expect(await driver.latest(repository)).toBe(0);
    });

    it.each([
      [{ replace: 'true' }, 'replace'],
      [{ repository: 'nowhere' }, 'repository'],
      [{ replace: 'perhaps' }, 'replace'],
      [{ colour: 'red' }, 'colour'],
    ])('refuse the fields %j', async (fields, field) => {
      const reply = await postFile(
        rpm,
        PATH,
        renderComps(ALL),
        fields as Record<string, string>,
      );
      expect([reply.status, Object.keys(reply.body)]).toEqual([400, [field]]);
    });

    it('need a file', async () => {
      const reply = await rpm.post(PATH, { replace: false });
      expect([reply.status, Object.keys(reply.body)]).toEqual([400, ['file']]);
    });

    it('read back as they were, whatever they define', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(compsUnit, {
            minLength: 1,
            maxLength: 4,
            selector: unit => ('id' in unit ? `${unit.kind} ${unit.id}` : ''),
          }),
          async units => {
            const { created_resources: hrefs } = await upload(
              renderComps(units),
            );
            const order = ['group', 'category', 'environment', 'langpacks'];
            expect(await Promise.all(hrefs.map(read))).toMatchObject(
              [...units]
                .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
                .map(shown),
            );
          },
        ),
        { numRuns: 20 },
      );
    });

    it('never break the service', async () => {
      const file = Buffer.from(renderComps(ALL));
      const damaged = fc.oneof(
        fc.uint8Array({ maxLength: 100 }).map(bytes => Buffer.from(bytes)),
        fc
          .tuple(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 }))
          .map(([index, byte]) => {
            const changed = Buffer.from(file);
            changed[index] = byte;
            return changed;
          }),
      );
      await fc.assert(
        fc.asyncProperty(damaged, async bytes => {
          const reply = await postFile(rpm, PATH, bytes);
          expect(reply.status).toBe(202);
          const task = await rpm.finished(reply);
          if (task.state !== 'completed') {
            expect(task.error.description).toMatch(/^\[RPM0000\] /);
          }
        }),
        { numRuns: 30 },
      );
    });
  },
);

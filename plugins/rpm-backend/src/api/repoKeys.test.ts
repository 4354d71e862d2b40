import {
  parseModulesDocument,
  type CompsUnit,
  type ModulesDocument,
} from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { ModulemdUnitDocument } from '../content-units/modulemdDraft';
import {
  saveComps,
  saveModulemdDocuments,
  savePackages,
  saveRepoMetadataFiles,
  unitHrefs,
} from '../database/operations/content-units';
import {
  createTestDatabases,
  startRpmBackend,
  testPackage,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';

jest.setTimeout(120_000);

const databases = createTestDatabases();

function moduleText(data: object, document: string): ModulemdUnitDocument {
  const json = JSON.stringify({ document, version: 1, data });
  const parsed = parseModulesDocument(`---\n${json}\n...`) as ModulesDocument;
  if (parsed.kind === 'unknown') throw new Error(json);
  return parsed;
}

function modulemd(stream: string, description: string) {
  return moduleText(
    {
      name: 'ducks',
      stream,
      version: '1',
      context: 'c0ffee',
      arch: 'noarch',
      summary: '',
      description,
      license: { module: ['MIT'] },
    },
    'modulemd',
  );
}

function defaults(module: string, stream: string) {
  return moduleText({ module, stream }, 'modulemd-defaults');
}

function notice(stream: string, message: string) {
  return moduleText(
    { modified: '2024-01-01T00:00Z', module: 'ducks', stream, message },
    'modulemd-obsoletes',
  );
}

function comps(kind: 'group' | 'category' | 'environment') {
  return (id: string, name: string): CompsUnit => {
    const texts = { id, name, description: '', nameByLang: {}, descByLang: {} };
    switch (kind) {
      case 'group':
        return {
          kind,
          ...texts,
          default: false,
          userVisible: true,
          biarchOnly: false,
          packages: [],
        };
      case 'category':
        return { kind, ...texts, groups: [] };
      default:
        return { kind, ...texts, groups: [], optionalGroups: [] };
    }
  };
}

function metadataFile(dataType: string, digit: string) {
  return {
    dataType,
    relativePath: `repodata/${digit}-${dataType}.gz`,
    checksumType: 'sha256',
    checksum: digit.repeat(64),
  };
}

/** Two units with one repository key and one with another; what the first two are called. */
interface Row {
  type: string;
  label: string;
  save: (knex: Knex) => Promise<number[]>;
}

const TABLE: Row[] = [
  {
    type: 'rpm.package',
    label: 'duck-1.0-1.noarch',
    save: knex =>
      savePackages(knex, [
        testPackage({ name: 'duck', pkgId: '1'.repeat(64) }),
        testPackage({ name: 'duck', pkgId: '2'.repeat(64) }),
        testPackage({ name: 'duck', epoch: '1' }),
      ]),
  },
  {
    type: 'rpm.modulemd',
    label: 'ducks:1:1:c0ffee:noarch',
    save: knex =>
      saveModulemdDocuments(knex, [
        modulemd('1', 'old'),
        modulemd('1', 'new'),
        modulemd('2', 'old'),
      ]),
  },
  {
    type: 'rpm.modulemd_defaults',
    label: 'ducks',
    save: knex =>
      saveModulemdDocuments(knex, [
        defaults('ducks', '1'),
        defaults('ducks', '2'),
        defaults('geese', '1'),
      ]),
  },
  ...(['group', 'category', 'environment'] as const).map(kind => ({
    type: `rpm.package${kind}`,
    label: 'birds',
    save: (knex: Knex) => {
      const unit = comps(kind);
      return saveComps(knex, [
        unit('birds', 'Birds'),
        unit('birds', 'All birds'),
        unit('fish', 'Birds'),
      ]);
    },
  })),
  {
    type: 'rpm.repo_metadata_file',
    label: 'productid',
    save: knex =>
      saveRepoMetadataFiles(knex, [
        metadataFile('productid', '1'),
        metadataFile('productid', '2'),
        metadataFile('other', '3'),
      ]),
  },
];

/** Units that have no repository key stand beside each other. */
const FREE: Omit<Row, 'label'>[] = [
  {
    type: 'rpm.modulemd_obsolete',
    save: knex =>
      saveModulemdDocuments(knex, [
        notice('1', 'gone'),
        notice('1', 'really gone'),
      ]),
  },
  {
    type: 'rpm.packagelangpacks',
    save: knex =>
      saveComps(knex, [
        { kind: 'langpacks', matches: { duck: 'duck-%s' } },
        { kind: 'langpacks', matches: { duck: 'quack-%s' } },
      ]),
  },
];

describe.each(databases.eachSupportedId())(
  'repository keys on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      driver = new RepositoryDriver({ rpm, knex });
    });
    afterAll(() => rpm.stop());

    async function know(save: Row['save'], ...names: string[]) {
      const ids = await save(knex);
      const hrefs = await unitHrefs(knex, ids);
      names.forEach((name, index) =>
        driver.know({ [name]: hrefs.get(ids[index])! }),
      );
    }

    describe.each(TABLE)('$type', ({ type, label, save }) => {
      beforeAll(() => know(save, 'old', 'new', 'other'));

      it('is replaced by an incoming one of the same key, and told', async () => {
        const repository = await driver.create();
        await driver.change(repository, { add: 'old other' });
        const { result } = await driver.change(repository, { add: 'new' });
        expect(await driver.content(repository, 2)).toBe('new other');
        expect(await driver.counts(`${repository}versions/2/`, type)).toBe(
          '1 / 1 / 2',
        );
        expect(result).toMatchObject({
          consequence_count: 1,
          consequences: [
            {
              pulp_href: driver.units.old,
              label,
              reason: 'replaced',
              because_of: { pulp_href: driver.units.new, label },
            },
          ],
        });
      });

      it('is what the starting content has of the key, not the latest', async () => {
        const repository = await driver.create();
        await driver.change(repository, { add: 'old' });
        await driver.change(repository, { remove: '*', add: 'other' });
        const base = `${repository}versions/1/`;
        await driver.change(repository, { base, add: 'new' });
        expect(await driver.content(repository, 3)).toBe('new');
      });

      it('is not overwritten against the will, unless it goes anyway', async () => {
        const repository = await driver.create();
        await driver.change(repository, { add: 'old' });
        const task = await rpm.finished(
          await driver.modify(repository, { add: 'new', overwrite: false }),
        );
        expect(task.error.description).toBe(
          `[PLP0023] Content overwrite rejected: ${label} would be replaced.`,
        );
        await driver.change(repository, {
          add: 'new',
          remove: 'old',
          overwrite: false,
        });
        expect(await driver.content(repository, 2)).toBe('new');
      });

      it('cannot come in together with another of its key', async () => {
        const repository = await driver.create();
        const task = await rpm.finished(
          await driver.modify(repository, { add: 'old new other' }),
        );
        expect(task.error.description).toBe(
          '[PLP0022] Found 1 duplicate contents in repository version: ' +
            `${label} (${driver.units.old}, ${driver.units.new}).`,
        );
        expect(await driver.latest(repository)).toBe(0);
      });
    });

    it.each(FREE)('$type stands beside others', async ({ type, save }) => {
      await know(save, 'one', 'another');
      const repository = await driver.create();
      await driver.change(repository, { add: 'one' });
      const { result } = await driver.change(repository, { add: 'another' });
      expect(result.consequence_count).toBe(0);
      expect(await driver.content(repository, 2)).toBe('another one');
      expect(await driver.counts(`${repository}versions/2/`, type)).toBe(
        '1 / 0 / 2',
      );
    });
  },
);

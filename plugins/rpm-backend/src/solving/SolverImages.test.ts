import { mockServices } from '@backstage/backend-test-utils';
import {
  parseModulesDocument,
  type ModulemdDocument,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'fs/promises';
import type { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { toPackageDraft } from '../content-units/packageDraft';
import { applyDatabaseMigrations } from '../database/migrations';
import {
  saveModulemdDocuments,
  savePackages,
  updatePackage,
} from '../database/operations/content-units';
import { deleteVersion } from '../database/operations/versions';
import type { VersionRecord } from '../repository';
import {
  createTestDatabases,
  insertTestRepository,
  insertTestVersion,
  testPackage,
} from '../testing';
import { ThreadPool } from '../workers';
import { versionKey } from '.';
import { testSolver } from './testing/testSolver';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** So many that what is known of them is kept in files. */
const MANY = 600;

const needy = testPackage({ name: 'needy', requires: [{ name: 'p7' }] });

const MODULE = `---
document: modulemd
version: 2
data:
  name: m
  stream: s
  version: 1
  context: c
  arch: noarch
  summary: A module
  description: A module
  license:
    module: [MIT]
  artifacts:
    rpms: [needy-0:1.0-1.noarch]
...
`;

describe.each(databases.eachSupportedId())('images on %p', databaseId => {
  let knex: Knex;
  let threads: ThreadPool;
  let folder: string;
  /** Ids of `p0`, `p1` and so on, of `needy`, and of a module of `needy`. */
  let units: number[];
  let needyId: number;
  let moduleId: number;
  /** Batches of packages that were read from the tables. */
  let reads = 0;
  let repositories = 0;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await applyDatabaseMigrations(knex);
    knex.on('query', ({ sql }: { sql: string }) => {
      if (sql.includes('string_agg')) reads += 1;
    });
    threads = new ThreadPool({ logger: mockServices.logger.mock() });
    units = await savePackages(
      knex,
      Array.from({ length: MANY }, (_, index) =>
        testPackage({ name: `p${index}` }),
      ),
    );
    [needyId] = await savePackages(knex, [needy]);
    [moduleId] = await saveModulemdDocuments(knex, [
      parseModulesDocument(MODULE) as ModulemdDocument,
    ]);
  });
  afterAll(() => threads.close());

  beforeEach(async () => {
    reads = 0;
    folder = await mkdtemp(join(tmpdir(), 'rpm-images-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function version(add: number[]): Promise<VersionRecord> {
    repositories += 1;
    const { id } = await insertTestRepository(knex, `r${repositories}`);
    return insertTestVersion(knex, id, { add });
  }

  const start = (options?: Parameters<typeof testSolver>[1]) =>
    testSolver({ knex, threads }, options);

  /** The units that come along with `needy`, or others. */
  async function copied(
    { solver }: ReturnType<typeof testSolver>,
    source: VersionRecord,
    destination: VersionRecord,
    requested = [needyId],
    signal = new AbortController().signal,
  ): Promise<number[]> {
    const closure = await solver.solveCopy(
      {
        signal,
        progress: () => ({ advance() {}, setTotal() {}, finish() {} }),
      },
      [source, destination],
      {
        entries: [
          {
            id: '0',
            source: versionKey(source),
            destination: versionKey(destination),
            requested,
          },
        ],
        keptMissing: 10,
        allowMissing: [],
      },
    );
    return closure.entries[0].added.map(({ unit }) => unit);
  }

  it('serve what was made of the versions that they know', async () => {
    const source = await version([...units, needyId, moduleId]);
    const destination = await version([units[0]]);
    const solver = start();
    expect(await copied(solver, source, destination)).toEqual([
      units[7],
      moduleId,
    ]);
    expect(reads).toBe(2);

    const extended = await insertTestVersion(knex, destination.repositoryId, {
      add: [units[7]],
      remove: [units[0]],
    });
    expect(await copied(solver, source, extended)).toEqual([moduleId]);
    const more = await insertTestVersion(knex, destination.repositoryId, {
      add: [moduleId],
    });
    expect(await copied(solver, source, more)).toEqual([]);
    expect(reads).toBe(2);
  });

  it('read only what none of them knows', async () => {
    const [other] = await savePackages(knex, [
      testPackage({ name: 'other', provides: [{ name: 'p7' }] }),
    ]);
    const source = await version([...units, needyId]);
    const empty = await version([]);
    const solver = start();
    await copied(solver, source, empty);
    reads = 0;
    expect(await copied(solver, source, await version([other]))).toEqual([]);
    expect(reads).toBe(1);
  });

  it('are made once for copies at the same time', async () => {
    const source = await version([...units, needyId]);
    const destinations = [await version([]), await version([units[1]])];
    const solver = start();
    const all = await Promise.all(
      destinations.map(destination => copied(solver, source, destination)),
    );
    expect(all).toEqual([[units[7]], [units[7]]]);
    expect(reads).toBe(2);
  });

  it('are made by who waited when who began is cancelled', async () => {
    const source = await version([...units, needyId]);
    const destination = await version([]);
    const solver = start();
    const abort = new AbortController();
    const first = copied(solver, source, destination, [needyId], abort.signal);
    const second = copied(solver, source, destination);
    abort.abort(new Error('Canceled.'));
    await expect(first).rejects.toThrow();
    await expect(second).resolves.toEqual([units[7]]);
  });

  it('are kept in files, which are made anew when they are damaged', async () => {
    const source = await version([...units, needyId]);
    const destination = await version([]);
    const before = start({ folder });
    await copied(before, source, destination);
    await before.images.kept();
    const [file] = await readdir(folder);
    expect(file).toContain(source.uuid);

    reads = 0;
    expect(await copied(start({ folder }), source, destination)).toEqual([
      units[7],
    ]);
    expect(reads).toBe(0);

    const content = await readFile(join(folder, file));
    content[content.length >> 1] ^= 1;
    await writeFile(join(folder, file), content);
    const after = start({ folder });
    expect(await copied(after, source, destination)).toEqual([units[7]]);
    expect(reads).toBe(2);
    expect(after.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(file),
    );
    await after.images.kept();
    reads = 0;
    await copied(start({ folder }), source, destination);
    expect(reads).toBe(0);
  });

  it('of the version before serve when a version has no file', async () => {
    const source = await version([...units, needyId]);
    const destination = await version([]);
    const before = start({ folder });
    await copied(before, source, destination);
    await before.images.kept();
    const next = await insertTestVersion(knex, source.repositoryId, {
      remove: [units[7]],
      add: await savePackages(knex, [
        testPackage({ name: 'new', provides: [{ name: 'p7' }] }),
      ]),
    });
    reads = 0;
    const solver = start({ folder });
    expect(await copied(solver, next, destination)).toHaveLength(1);
    expect(reads).toBe(1);
    await solver.images.kept();
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('take no more room than they may', async () => {
    const destination = await version([]);
    const sources = [
      await version([...units, needyId]),
      await version(units.slice(1)),
    ];
    const solver = start({ folder, disk: 1, memory: 1 });
    for (const source of sources) {
      reads = 0;
      await copied(solver, source, destination, [units[9]]);
      expect(reads).toBe(2);
      await solver.images.kept();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('leave alone what others keep in their folder', async () => {
    const foreign = ['notes.txt', 'backup.image', 'half.part'];
    for (const name of foreign) await writeFile(join(folder, name), 'x');
    const old = `${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}-1.0.0.image`;
    await writeFile(join(folder, old), 'of another release');
    const solver = start({ folder, disk: 1, memory: 1 });
    const source = await version([...units, needyId]);
    await copied(solver, source, await version([]));
    await solver.images.kept();
    expect((await readdir(folder)).sort()).toEqual(foreign.sort());
  });

  it('know a package by its header once its file was uploaded', async () => {
    const late: RpmPackage = testPackage({
      name: `late${repositories}`,
      requires: [{ name: 'p3' }],
    });
    const [lateId] = await savePackages(knex, [late]);
    const source = await version([...units, lateId]);
    const destination = await version([]);
    const solver = start({ folder });
    expect(await copied(solver, source, destination, [lateId])).toEqual([
      units[3],
    ]);
    await solver.images.kept();

    const told = { ...late, requires: [{ name: 'p4' }] };
    const draft = toPackageDraft(told);
    await updatePackage(knex, lateId, {
      ...draft,
      columns: { ...draft.columns, signing_keys_json: '[]' },
    });
    for (const each of [solver, start({ folder })]) {
      reads = 0;
      expect(await copied(each, source, destination, [lateId])).toEqual([
        units[4],
      ]);
      expect(reads).toBe(1);
      expect(await copied(each, source, destination, [lateId])).toEqual([
        units[4],
      ]);
      expect(reads).toBe(1);
    }
  });

  it('are asked for what a version holds after others were deleted', async () => {
    const source = await version([...units, needyId]);
    const { id, repositoryId } = await version([units[7]]);
    const second = await insertTestVersion(knex, repositoryId, {
      add: [units[8]],
    });
    const solver = start();
    expect(await copied(solver, source, second)).toEqual([]);
    const third = await insertTestVersion(knex, repositoryId, {
      remove: [units[7], units[8]],
    });
    await knex.transaction(async trx => {
      await deleteVersion(trx, repositoryId, id);
      await deleteVersion(trx, repositoryId, second.id);
    });
    expect(await copied(solver, source, third)).toEqual([units[7]]);
  });
});

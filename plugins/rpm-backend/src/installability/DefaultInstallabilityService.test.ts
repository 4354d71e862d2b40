import type { BrokenPackage } from '@rpmportal/rpm-solver';
import type { Knex } from 'knex';
import { gzipSync } from 'zlib';
import { resolveUnits } from '../database/operations/content-units';
import { currentTimestamp } from '../database/time';
import type { SolverService } from '../solving';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';
import { DefaultInstallabilityService } from './DefaultInstallabilityService';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('kept reports on %p', databaseId => {
  let knex: Knex;
  let rpm: RpmTestBackend;
  let driver: RepositoryDriver;
  let unit: number;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    rpm = await startRpmBackend({ knex });
    driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {} }));
    [unit] = (await resolveUnits(knex, [driver.units.a])).ids;
  });
  afterAll(() => rpm.stop());

  const broken = (index: number): BrokenPackage => ({
    unit,
    label: `a-${index}-1.noarch`,
    architecture: 'noarch',
    problems: [],
    problemCount: 0,
  });

  /** A solver that finds so many broken packages, in parts of three. */
  const solver = (count = 10) => {
    const reportInstallability = jest.fn<
      ReturnType<SolverService['reportInstallability']>,
      Parameters<SolverService['reportInstallability']>
    >(async () => ({
      architectures: ['noarch'],
      packageCount: 100,
      brokenCount: count,
      parts: Array.from({ length: Math.ceil(count / 3) }, (_, part) => {
        const rows = [0, 1, 2]
          .map(each => part * 3 + each)
          .filter(index => index < count)
          .map(broken);
        return { count: rows.length, content: gzipSync(JSON.stringify(rows)) };
      }),
    }));
    return { reportInstallability } as unknown as SolverService & {
      reportInstallability: typeof reportInstallability;
    };
  };

  /** A version that holds `a`, as services name it. */
  const version = async (): Promise<[string, number]> => {
    const repository = await driver.create();
    await driver.change(repository, { add: 'a' });
    return [/([0-9a-f-]{36})\/$/.exec(repository)![1], 1];
  };
  const query = (offset = 0, limit = 100) => ({
    contexts: [],
    architectures: [],
    offset,
    limit,
  });
  const wait = () => ({ signal: new AbortController().signal });

  it('answer every page of the same question', async () => {
    const counting = solver();
    const service = new DefaultInstallabilityService({
      knex,
      solver: counting,
    });
    const of = await version();
    const pages = [];
    for (let offset = 0; offset < 12; offset += 4) {
      pages.push(await service.report(...of, query(offset, 4), wait()));
    }
    expect(
      pages.map(({ rows }) => rows.map(({ label }) => label.split('-')[1])),
    ).toEqual([
      ['0', '1', '2', '3'],
      ['4', '5', '6', '7'],
      ['8', '9'],
    ]);
    expect(pages[2]).toMatchObject({
      count: 10,
      packageCount: 100,
      brokenCount: 10,
      architectures: ['noarch'],
    });
    expect(pages[2].rows[0].href).toBe(driver.units.a);
    expect(counting.reportInstallability).toHaveBeenCalledTimes(1);
    // As another replica, or this one after a restart.
    const other = new DefaultInstallabilityService({ knex, solver: counting });
    expect(await other.report(...of, query(8, 4), wait())).toEqual(pages[2]);
    expect(counting.reportInstallability).toHaveBeenCalledTimes(1);
  });

  it('are computed once when asked for twice at once', async () => {
    const counting = solver();
    const service = new DefaultInstallabilityService({
      knex,
      solver: counting,
    });
    const of = await version();
    const replies = await Promise.all([
      service.report(...of, query(0, 2), wait()),
      service.report(...of, query(9, 2), wait()),
    ]);
    expect(replies.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(counting.reportInstallability).toHaveBeenCalledTimes(1);
  });

  it('take no more room than they may; the oldest go', async () => {
    const counting = solver();
    const service = new DefaultInstallabilityService({
      knex,
      solver: counting,
      room: 4_000,
    });
    const [first, second, third, fourth] = [
      await version(),
      await version(),
      await version(),
      await version(),
    ];
    for (const each of [first, second, third, fourth]) {
      await service.report(...each, query(), wait());
    }
    expect(
      (await knex('installability_report').select('id')).length,
    ).toBeLessThan(4);
    await service.report(...fourth, query(), wait());
    expect(counting.reportInstallability).toHaveBeenCalledTimes(4);
    await service.report(...first, query(), wait());
    expect(counting.reportInstallability).toHaveBeenCalledTimes(5);
  });

  it('go with their version', async () => {
    const service = new DefaultInstallabilityService({
      knex,
      solver: solver(),
    });
    const of = await version();
    await service.report(...of, query(), wait());
    const held = () => knex('installability_part').count('* as count').first();
    const before = Number((await held())!.count);
    await rpm.completed(await rpm.delete(`repositories/rpm/rpm/${of[0]}/`));
    expect(Number((await held())!.count)).toBe(before - 4);
  });

  it('are computed anew when a package of the version was corrected', async () => {
    const counting = solver();
    const service = new DefaultInstallabilityService({
      knex,
      solver: counting,
    });
    const of = await version();
    const ask = () => service.report(...of, query(), wait());
    const correct = async (name: string, at: string | null) => {
      const { ids } = await resolveUnits(knex, [driver.units[name]]);
      await knex('rpm_package')
        .where({ unit_id: ids[0] })
        .update({ corrected_at: at });
    };
    await ask();
    await correct('b', currentTimestamp());
    await ask();
    expect(counting.reportInstallability).toHaveBeenCalledTimes(1);
    await correct('a', currentTimestamp());
    await ask();
    expect(counting.reportInstallability).toHaveBeenCalledTimes(2);
    await correct('a', '2001-01-01T00:00:00.000000Z');
    await ask();
    expect(counting.reportInstallability).toHaveBeenCalledTimes(2);
    await correct('a', null);
    await correct('b', null);
  });

  it('are given up when nobody waits for them any more', async () => {
    const slow = solver();
    const seen: AbortSignal[] = [];
    slow.reportInstallability.mockImplementation(
      signal =>
        new Promise((_, reject) => {
          seen.push(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const service = new DefaultInstallabilityService({ knex, solver: slow });
    const gone = new AbortController();
    const of = await version();
    const waiting = service.report(...of, query(), gone);
    while (!seen.length) await new Promise(resolve => setTimeout(resolve, 5));
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen[0].aborted).toBe(true);
  });

  it('are given up when they take too long', async () => {
    const endless = solver();
    endless.reportInstallability.mockImplementation(
      signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const service = new DefaultInstallabilityService({
      knex,
      solver: endless,
      patience: 50,
    });
    await expect(
      service.report(...(await version()), query(), wait()),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('longer than it may'),
    });
  });

  it('are not made of a version that is deleted meanwhile', async () => {
    const deleting = solver();
    const of = await version();
    const compute = deleting.reportInstallability.getMockImplementation()!;
    deleting.reportInstallability.mockImplementation(async (...parameters) => {
      await rpm.completed(await rpm.delete(`repositories/rpm/rpm/${of[0]}/`));
      return compute(...parameters);
    });
    const service = new DefaultInstallabilityService({
      knex,
      solver: deleting,
    });
    await expect(service.report(...of, query(), wait())).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});

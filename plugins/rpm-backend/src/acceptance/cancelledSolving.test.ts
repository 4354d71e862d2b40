import { mockCredentials } from '@backstage/backend-test-utils';
import type { RpmPackage } from '@rpmportal/rpm-format';
import { once } from 'events';
import { request } from 'http';
import type { AddressInfo } from 'net';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const PIGEONS = 13;

/**
 * Packages of which one, `loft`, needs one hole more for its pigeons than there are, which no search
 * like ours finds out in less than years.
 */
function pigeons(): Record<string, Partial<RpmPackage>> {
  const all = Array.from({ length: PIGEONS }, (_, pigeon) => pigeon);
  const holes = all.slice(1);
  const packages: Record<string, Partial<RpmPackage>> = {
    loft: { requires: all.map(pigeon => ({ name: `pigeon${pigeon}` })) },
  };
  for (const pigeon of all) {
    const places = holes.map(hole => `hole${hole} = ${pigeon}`);
    packages[`pigeon${pigeon}`] = {
      requires: [{ name: `(${places.join(' or ')})` }],
    };
    for (const hole of holes) {
      packages[`pigeon ${pigeon} in hole ${hole}`] = {
        name: `hole${hole}`,
        version: String(pigeon),
      };
    }
  }
  return packages;
}

describe.each(databases.eachSupportedId())(
  'questions that take years, on %p',
  databaseId => {
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;
    let hard: string;

    beforeAll(async () => {
      const knex: Knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex, config: { workerThreads: 1 } });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(await saveTestPackages(knex, pigeons()));
      driver.know(await saveTestPackages(knex, { easy: {} }));
      const repository = await driver.create();
      await rpm.completed(
        await rpm.post(`${repository}modify/`, {
          add_content_units: Object.values(driver.units),
        }),
      );
      hard = `${repository}versions/1/`;
    });
    afterAll(() => rpm.stop());

    /** A copy with dependencies, which takes until it is cancelled or a second. */
    const copy = async (destination: string, unit: string) =>
      rpm.post('rpm/copy/', {
        config: [
          {
            source_repo_version: hard,
            dest_repo: destination,
            content: [driver.units[unit]],
          },
        ],
      });

    it('are given up when their copy is cancelled', async () => {
      const destination = await driver.create();
      const reply = await copy(destination, 'loft');
      for (;;) {
        const { body } = await rpm.get(reply.body.task);
        expect(body.error).toBeNull();
        if (
          body.progress_reports.some(
            ({ code, state }: any) =>
              code === 'copy.solving' && state === 'running',
          )
        ) {
          break;
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      await rpm.patch(reply.body.task, { state: 'canceled' });
      const task = await rpm.finished(reply);
      expect([task.state, task.result]).toEqual(['canceled', null]);
      expect(await driver.numbers(destination)).toEqual([0]);
      const { body: plans } = await rpm.get('rpm/plans/');
      expect(plans.count).toBe(0);
      // The only thread is free for others.
      await rpm.completed(await copy(destination, 'easy'));
      expect(await driver.content(destination, 1)).toBe('easy');
    });

    it('are given up when nobody waits for their report', async () => {
      const { port } = rpm.backend.server.address() as AddressInfo;
      const asked = request({
        port,
        path: `${hard}installability/`,
        headers: { authorization: mockCredentials.user.header() },
      });
      asked.end();
      const gone = once(asked, 'error');
      await new Promise(resolve => setTimeout(resolve, 500));
      asked.destroy(new Error('gone'));
      await gone;
      // Reports are made one after the other.
      const repository = await driver.create();
      await driver.change(repository, { add: 'easy' });
      const { body } = await rpm.get(`${repository}versions/1/installability/`);
      expect(body.counts).toEqual({ packages: 1, installable: 1, broken: 0 });
    });
  },
);

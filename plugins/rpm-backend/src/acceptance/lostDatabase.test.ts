import type { Knex } from 'knex';
import { startRpmBackend, type RpmTestBackend } from '../testing';
import { OwnPostgres } from '../testing/OwnPostgres';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestPackages } from '../testing/units';

jest.setTimeout(120_000);

describe('a database that goes away', () => {
  let postgres: OwnPostgres;
  let knex: Knex;
  let rpm: RpmTestBackend;

  beforeAll(async () => {
    postgres = await OwnPostgres.start();
    knex = postgres.connect();
    rpm = await startRpmBackend({ knex });
  });
  afterAll(async () => {
    await rpm.stop();
    await knex.destroy();
    await postgres.stop();
  });

  it('is told as such, and when it is back everything goes on', async () => {
    const driver = new RepositoryDriver({ rpm, knex });
    driver.know(await saveTestPackages(knex, { a: {}, b: {} }));
    const repository = await driver.create();
    await driver.change(repository, { add: 'a' });

    await postgres.toggle();
    const requests = [
      rpm.get(repository),
      rpm.get('tasks/'),
      rpm.post('repositories/rpm/rpm/', { name: 'lost' }),
      driver.modify(repository, { add: 'b' }),
    ];
    for (const { status, body, headers } of await Promise.all(requests)) {
      expect({ status, body }).toEqual({
        status: 503,
        body: { detail: 'The database cannot be reached at the moment.' },
      });
      expect(headers['content-type']).toBe('application/json');
    }

    await postgres.toggle();
    expect(await driver.numbers(repository)).toEqual([0, 1]);
    await driver.change(repository, { add: 'b' });
    expect(await driver.content(repository, 2)).toBe('a b');
    const { body: lost } = await rpm.get('repositories/rpm/rpm/?name=lost');
    expect(lost.count).toBe(0);
  });
});

import type { Knex } from 'knex';
import type { TaskContext } from '../tasks/types';
import { VersionHooks } from './VersionHooks';
import type { VersionRecord } from './versionTypes';

describe('VersionHooks', () => {
  const version = { number: 3 } as VersionRecord;
  const knex = {
    transaction: (work: (trx: string) => unknown) => work('transaction'),
  } as unknown as Knex;

  it('run in order and put what they made behind the task’s resources', async () => {
    const commit = jest.fn();
    const context = { commit } as unknown as TaskContext;
    const hooks = new VersionHooks({ knex });
    hooks.add(async (_context, { number }) => [`/first/${number}/`]);
    hooks.add(async () => ['/second/']);
    const outcome = { createdResources: ['/version/'], result: { a: 1 } };
    const extended = await hooks.run(context, version, outcome);
    expect(extended).toEqual({
      createdResources: ['/version/', '/first/3/', '/second/'],
      result: { a: 1 },
    });
    expect(commit.mock.calls).toEqual([['transaction', extended]]);
  });

  it('leave the task as it is when they made nothing', async () => {
    const commit = jest.fn();
    const context = { commit } as unknown as TaskContext;
    const hooks = new VersionHooks({ knex });
    hooks.add(async () => []);
    const outcome = { createdResources: ['/version/'] };
    expect(await hooks.run(context, version, outcome)).toBe(outcome);
    expect(commit).not.toHaveBeenCalled();
  });
});

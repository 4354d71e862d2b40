import { pkg, unitOf } from '../__testUtils__/packages';
import { chainOf, describeChain } from '../explanation/describeChain';
import { buildPool } from '../pool/PoolBuilder';
import type { PackageRecord } from '../pool/records';
import { planForMachines } from './planForMachines';

const app = pkg('app-1-1', { requires: ['lib'] });
const libs = ['x86_64', 'aarch64'].map(arch =>
  pkg(`lib-1-1.${arch}`, { requires: ['data'] }),
);
const data = pkg('data-1-1');

function added(
  source: PackageRecord[],
  destination: PackageRecord[],
  requested: string[],
  architectures?: string[],
) {
  const pool = buildPool([
    { key: 'source', packages: source },
    { key: 'destination', packages: destination },
  ]);
  const plan = planForMachines(pool, {
    architectures,
    entries: [
      {
        id: 'only',
        source: 'source',
        destination: 'destination',
        requested: requested.map(unitOf),
      },
    ],
  });
  return {
    labels: plan.entries[0].added.map(({ unit }) =>
      pool.label(pool.packageOf(unit)!),
    ),
    chains: plan.entries[0].added.map(({ step }) =>
      describeChain(chainOf(plan, step)),
    ),
    missing: plan.missing.map(({ sentence }) => sentence),
  };
}

describe('a copy from a repository for several machines', () => {
  it('brings what a noarch package needs on each of them', () => {
    const { labels, chains } = added([app, ...libs, data], [], ['app-1-1']);
    expect(labels.sort()).toEqual([
      'data-1-1.noarch',
      'lib-1-1.aarch64',
      'lib-1-1.x86_64',
    ]);
    expect(chains).toContain(
      'requested app-1-1.noarch → requires lib → lib-1-1.x86_64',
    );
  });

  it('serves only the machines that the destination serves', () => {
    const held = pkg('kernel-1-1.x86_64');
    expect(added([app, ...libs, data], [held], ['app-1-1']).labels).toEqual([
      'data-1-1.noarch',
      'lib-1-1.x86_64',
    ]);
  });

  it('serves only the machines that the requested packages are for', () => {
    const tool = pkg('tool-1-1.aarch64', { requires: ['app'] });
    expect(
      added([app, ...libs, data, tool], [], ['tool-1-1.aarch64']).labels,
    ).toEqual(['app-1-1.noarch', 'data-1-1.noarch', 'lib-1-1.aarch64']);
  });

  it('takes i686 beside x86_64 for one machine', () => {
    const compat = pkg('lib-1-1.i686', { requires: ['data'] });
    expect(added([app, compat, libs[0], data], [], ['app-1-1']).labels).toEqual(
      ['data-1-1.noarch', 'lib-1-1.x86_64'],
    );
  });

  it('says on which machine something is missing', () => {
    const needy = pkg('lib-1-1.aarch64', { requires: ['nowhere'] });
    const { missing } = added([app, needy, libs[0], data], [], ['app-1-1']);
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatch(/^On aarch64: .*nowhere/);
  });

  it('serves just the machines that are named', () => {
    const tool = pkg('tool-1-1.aarch64', { requires: ['app'] });
    const { labels, missing } = added(
      [app, ...libs, data, tool],
      [],
      ['app-1-1'],
      ['x86_64'],
    );
    expect(labels).toEqual(['data-1-1.noarch', 'lib-1-1.x86_64']);
    expect(missing).toEqual([]);
  });

  it('says which requested package none of the named machines can install', () => {
    const tool = pkg('tool-1-1.aarch64');
    expect(
      added([tool], [], ['tool-1-1.aarch64'], ['x86_64', 's390x']).missing,
    ).toEqual(['tool-1-1.aarch64 cannot be installed on s390x or x86_64.']);
  });
});

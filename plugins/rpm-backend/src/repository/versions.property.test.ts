import fc from 'fast-check';
import type { Knex } from 'knex';
import { applyDatabaseMigrations } from '../database/migrations';
import { resolveUnits } from '../database/operations/content-units';
import {
  readRepository,
  updateRepository,
} from '../database/operations/repositories';
import * as operations from '../database/operations/versions';
import { createTestDatabases } from '../testing';
import { insertTestRepository } from '../testing/repositories';
import {
  saveTestAdvisories,
  saveTestModules,
  saveTestPackages,
  testCollection,
} from '../testing/units';
import { makeVersion } from './makeVersion';
import { retain } from './retention';

/** More for a soak; the seed is fixed, so that a failure is seen again. */
const RUNS = Number(process.env.RPM_PROPERTY_RUNS ?? 300);
const SEED = 20240601;

jest.setTimeout(RUNS * 1_000);

/** What the naive model knows of a unit. */
interface ModelUnit {
  /** What only one unit of a version can have. */
  key?: string;
  /** Name and arch of a package. */
  group?: string;
  /** Order within the group. */
  age?: number;
  /** Names of its packages, for a module. */
  artifacts?: string[];
  /** Of an advisory: which it is, and its date. */
  advisory?: { id: string; date: number };
}

const UNITS: Record<string, ModelUnit> = {
  'p-1': { key: 'p-1', group: 'p', age: 1 },
  'p-2': { key: 'p-2', group: 'p', age: 2 },
  'p-2 rebuilt': { key: 'p-2', group: 'p', age: 2 },
  'p-10': { key: 'p-10', group: 'p', age: 10 },
  'q-1': { key: 'q-1', group: 'q', age: 1 },
  'q-2': { key: 'q-2', group: 'q', age: 2 },
  'm one': { key: 'm', artifacts: ['p-2', 'p-2 rebuilt', 'q-1'] },
  'm two': { key: 'm', artifacts: ['q-1'] },
  'n one': { key: 'n', artifacts: ['p-10', 'q-1'] },
  'A old': { advisory: { id: 'A', date: 1 } },
  'A new': { advisory: { id: 'A', date: 2 } },
};
const NAMES = Object.keys(UNITS);

type Content = ReadonlySet<string>;

/** A repository of the model: plain sets, computed anew each time. */
class ModelRepository {
  versions = new Map<number, Content>([[0, new Set()]]);
  next = 1;
  keepVersions = 0;
  keepPackages = 0;

  get latest(): Content {
    return this.versions.get(Math.max(...this.versions.keys()))!;
  }

  /** False when the change is refused. */
  modify(add: string[], remove: string[] | '*', base?: Content): boolean {
    const keys = add.flatMap(name => UNITS[name].key ?? []);
    if (new Set(keys).size < keys.length) return false;

    const start: Content = remove === '*' ? new Set() : base ?? this.latest;
    const incoming = add.filter(name => !start.has(name));
    const leaves = (name: string) =>
      (remove !== '*' && remove.includes(name) && !add.includes(name)) ||
      incoming.some(other => {
        const { key } = UNITS[other];
        return key !== undefined && key === UNITS[name].key;
      });
    const content = new Set([
      ...[...start].filter(name => !leaves(name)),
      ...incoming,
    ]);

    const isMapped = (name: string, modules: Iterable<string>) =>
      [...modules].some(module => UNITS[module].artifacts?.includes(name));
    const lost = [...start].filter(name => !content.has(name));
    for (const name of start) {
      if (
        !add.includes(name) &&
        isMapped(name, lost) &&
        !isMapped(name, content)
      ) {
        content.delete(name);
      }
    }
    const isMereBaseChange = base && !add.length && !remove.length;
    if (this.keepPackages && !isMereBaseChange) {
      for (const group of ['p', 'q']) {
        [...content]
          .filter(name => UNITS[name].group === group)
          .filter(name => !isMapped(name, content))
          .sort((a, b) => UNITS[b].age! - UNITS[a].age!)
          .slice(this.keepPackages)
          .forEach(name => content.delete(name));
      }
    }
    if (content.has('A old') && content.has('A new')) content.delete('A old');
    this.#finish(content);
    return true;
  }

  #finish(content: Content): void {
    const { latest } = this;
    const same =
      content.size === latest.size &&
      [...content].every(name => latest.has(name));
    if (same) return;
    this.versions.set(this.next, content);
    this.next += 1;
    this.retain();
  }

  retain(): void {
    if (!this.keepVersions) return;
    [...this.versions.keys()]
      .sort((a, b) => b - a)
      .slice(this.keepVersions)
      .forEach(number => this.versions.delete(number));
  }

  /** The number of some version; `index` goes round. */
  pick(index: number): number {
    const numbers = [...this.versions.keys()].sort((a, b) => a - b);
    return numbers[index % numbers.length];
  }
}

const some = fc.subarray(NAMES, { maxLength: 5 });
const place = { repository: fc.nat(1) };
const version = { from: fc.nat(1), index: fc.nat(20) };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('modify' as const),
      ...place,
      add: some,
      remove: fc.oneof(
        { weight: 6, arbitrary: some },
        { weight: 1, arbitrary: fc.constant('*' as const) },
      ),
      base: fc.option(fc.record(version), { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rollback' as const),
      ...place,
      index: version.index,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      ...place,
      index: version.index,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('settings' as const),
      ...place,
      keepPackages: fc.nat(2),
      keepVersions: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 })),
    }),
  },
);

describe('versions against a naive model', () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let ids: Map<string, number>;
  let made = 0;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await applyDatabaseMigrations(knex);
    const hrefs = {
      ...(await saveTestPackages(knex, {
        'p-1': { name: 'p', version: '1' },
        'p-2': { name: 'p', version: '2' },
        'p-2 rebuilt': { name: 'p', version: '2', pkgId: 'f'.repeat(64) },
        'p-10': { name: 'p', version: '10' },
        'q-1': { name: 'q', version: '1' },
        'q-2': { name: 'q', version: '2' },
      })),
      ...(await saveTestModules(knex, {
        'm one': { artifacts: ['p-0:2-1.noarch', 'q-0:1-1.noarch'] },
        'm two': { artifacts: ['q-0:1-1.noarch'] },
        'n one': { artifacts: ['p-0:10-1.noarch', 'q-0:1-1.noarch'] },
      })),
      ...(await saveTestAdvisories(knex, {
        'A old': {
          id: 'A',
          updatedDate: '2024-01-01',
          pkglist: [testCollection('x', 'p-1')],
        },
        'A new': {
          id: 'A',
          updatedDate: '2024-02-01',
          pkglist: [testCollection('x', 'p-1', 'p-2')],
        },
      })),
    };
    ids = new Map();
    for (const name of NAMES) {
      ids.set(name, (await resolveUnits(knex, [hrefs[name]])).ids[0]);
    }
  });

  /** The real repository beside its model. */
  async function pair() {
    made += 1;
    const { id, uuid } = await insertTestRepository(knex, `repository ${made}`);
    return { id, uuid, model: new ModelRepository() };
  }
  type Pair = Awaited<ReturnType<typeof pair>>;

  const idsOf = (names: readonly string[]) => names.map(name => ids.get(name)!);

  async function modify(
    target: Pair,
    add: string[],
    remove: string[] | '*',
    base?: { of: Pair; index: number },
  ): Promise<void> {
    const number = base?.of.model.pick(base.index);
    const baseVersion =
      base && (await operations.readVersion(knex, base.of.uuid, number!));
    const made_ = knex.transaction(trx =>
      makeVersion(trx, {
        repositoryId: target.id,
        baseVersionId: baseVersion?.id,
        add: idsOf(add),
        remove: remove === '*' ? remove : idsOf(remove),
        createdBy: undefined,
        inputs: {},
      }),
    );
    const { next } = target.model;
    const content = base?.of.model.versions.get(number!);
    if (!target.model.modify(add, remove, content)) {
      await expect(made_).rejects.toMatchObject({ code: 'PLP0022' });
      return;
    }
    const { outcome, version: latest } = await made_;
    expect(outcome).toBe(target.model.next > next ? 'created' : 'unchanged');
    if (outcome === 'created') expect(latest.number).toBe(next);
  }

  async function deleteVersion(target: Pair, index: number): Promise<void> {
    const { model } = target;
    if (model.versions.size === 1) return;
    const number = model.pick(index);
    const doomed = await operations.readVersion(knex, target.uuid, number);
    await knex.transaction(trx =>
      operations.deleteVersion(trx, target.id, doomed!.id),
    );
    model.versions.delete(number);
  }

  async function settings(
    target: Pair,
    keepPackages: number,
    keepVersions: number,
  ): Promise<void> {
    const repository = await readRepository(knex, target.uuid);
    await knex.transaction(async trx => {
      await updateRepository(trx, target.id, {
        ...repository!,
        retainPackageVersions: keepPackages,
        retainRepoVersions: keepVersions || undefined,
      });
      await retain(trx, target.id, {
        retainRepoVersions: keepVersions || undefined,
      });
    });
    Object.assign(target.model, { keepPackages, keepVersions });
    target.model.retain();
  }

  async function compare({ id, uuid, model }: Pair): Promise<void> {
    const numbers = [...model.versions.keys()].sort((a, b) => a - b);
    let previous: Content = new Set();
    for (const number of numbers) {
      const content = model.versions.get(number)!;
      const units = await operations.listUnitIds(knex, {
        repositoryId: id,
        number,
      });
      expect(new Set(units)).toEqual(new Set(idsOf([...content])));
      const { counts } = (await operations.readVersion(knex, uuid, number))!;
      const total = (perType: object) =>
        Object.values(perType).reduce((sum, count) => sum + count, 0);
      const earlier = previous;
      expect({
        added: total(counts.added),
        removed: total(counts.removed),
        present: total(counts.present),
      }).toEqual({
        added: [...content].filter(name => !earlier.has(name)).length,
        removed: [...earlier].filter(name => !content.has(name)).length,
        present: content.size,
      });
      previous = content;
    }
    expect(await operations.countVersions(knex, id)).toBe(numbers.length);
  }

  it('hold what the model says, after whatever happened', async () => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      async steps => {
        const pairs = [await pair(), await pair()];
        for (const wanted of steps) {
          const target = pairs[wanted.repository];
          switch (wanted.kind) {
            case 'modify':
              await modify(
                target,
                wanted.add,
                wanted.remove,
                wanted.base && {
                  of: pairs[wanted.base.from],
                  index: wanted.base.index,
                },
              );
              break;
            case 'rollback':
              await modify(target, [], [], {
                of: target,
                index: wanted.index,
              });
              break;
            case 'delete':
              await deleteVersion(target, wanted.index);
              break;
            default:
              await settings(target, wanted.keepPackages, wanted.keepVersions);
          }
        }
        for (const one of pairs) await compare(one);
      },
    );
    await expect(
      fc.assert(property, { numRuns: RUNS, seed: SEED }),
    ).resolves.toBeUndefined();
  });
});

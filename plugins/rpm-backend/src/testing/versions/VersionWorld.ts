import type { LoggerService } from '@backstage/backend-plugin-api';
import { strict as assert } from 'assert';
import type { Knex } from 'knex';
import { insertDistribution } from '../../database/operations/distributions';
import { deleteRepository } from '../../database/operations/repositories';
import {
  countVersions,
  listUnitIds,
  readVersion,
} from '../../database/operations/versions';
import { sumOf } from '../../database/unitCounts';
import {
  DEFAULT_VERSION_RULES,
  VersionHooks,
  VersionMaker,
} from '../../repository';
import { orphanHandler } from '../../orphans';
import { pruneHandler } from '../../repository/prune';
import * as repositoryTasks from '../../repository/tasks';
import type { OrphanStorage } from '../../storage/types';
import { TaskError } from '../../tasks';
import type { TaskContext, TaskHandler } from '../../tasks/types';
import { createContentHandler } from '../../upload/tasks/createContent';
import { insertTestRepository } from '../repositories';
import {
  ModelRefusal,
  ModelRepository,
  type ModelContent,
} from './ModelRepository';
import { saveModelUnit } from './modelUnits';
import type { VersionStep } from './versionSteps';

/** A repository beside its model. */
interface Pair {
  id: number;
  uuid: string;
  model: ModelRepository;
}

type StepOf<K extends VersionStep['kind']> = Extract<VersionStep, { kind: K }>;

/** No unit of the model has a file. */
const NO_FILES: OrphanStorage = {
  removeUnrecorded: async () => {},
  sweepUnrecorded: async () => 0,
};

const NO_PROGRESS = { advance() {}, setTotal() {}, finish() {} };

/** What handlers need of a task when only the database counts. */
function bareContext(outcome: { result?: any }): TaskContext {
  return {
    taskId: 0,
    createdBy: 'user:default/soak',
    logger: { warn() {} } as unknown as LoggerService,
    signal: new AbortController().signal,
    progress: () => NO_PROGRESS,
    commit: async (_trx, { result }) => {
      outcome.result = result;
    },
  };
}

/**
 * Two repositories beside their models. What happens is done to both by the handlers of the tasks;
 * then both must be the same.
 */
export class VersionWorld {
  readonly #knex: Knex;
  readonly #maker: VersionMaker;
  readonly #pairs: Pair[];
  readonly #distributions = new Map<Pair, string>();
  /** Ids by name, of units that are stored. */
  #ids = new Map<string, number>();

  private constructor(knex: Knex, pairs: Pair[]) {
    this.#knex = knex;
    this.#pairs = pairs;
    this.#maker = new VersionMaker({
      knex,
      hooks: new VersionHooks({ knex }),
      rules: DEFAULT_VERSION_RULES,
    });
  }

  /** @param name - no other world on the database has it */
  static async create(knex: Knex, name: string): Promise<VersionWorld> {
    const pairs: Pair[] = [];
    for (const one of ['one', 'other']) {
      const { id, uuid } = await insertTestRepository(knex, `${name} ${one}`);
      pairs.push({ id, uuid, model: new ModelRepository() });
    }
    return new VersionWorld(knex, pairs);
  }

  /** @throws AssertionError as soon as the real repositories do otherwise than their models */
  async run(steps: readonly VersionStep[]): Promise<void> {
    for (const step of steps) await this.#perform(step);
    for (const pair of this.#pairs) await this.#compare(pair);
  }

  /** Removes the repositories; the units stay. */
  async dispose(): Promise<void> {
    await this.#knex.transaction(async trx => {
      await trx('distribution')
        .whereIn('uuid', [...this.#distributions.values()])
        .delete();
      for (const { id } of this.#pairs) await deleteRepository(trx, id);
    });
  }

  async #perform(step: VersionStep): Promise<void> {
    const target = this.#pairs[step.repository];
    switch (step.kind) {
      case 'modify':
        return this.#modify(target, step);
      case 'upload':
        return this.#upload(target, step);
      case 'rollback':
        return this.#change(
          target,
          { add: [], remove: [] },
          this.#pick(target, step.index),
        );
      case 'delete':
        return this.#delete(target, step);
      case 'settings':
        return this.#settings(target, step);
      case 'serve':
        return this.#serve(target, step);
      case 'prune':
        return this.#prune(target);
      default:
        return this.#cleanUp();
    }
  }

  async #modify(
    target: Pair,
    { add, remove, base, overwrite }: StepOf<'modify'>,
  ): Promise<void> {
    const from = base && this.#pick(this.#pairs[base.from], base.index);
    await this.#change(target, { add, remove, overwrite }, from);
  }

  #pick(of: Pair, index: number) {
    const number = of.model.pick(index);
    return { of, number, content: of.model.versions.get(number)! };
  }

  /** A modify call, tried before it is done. */
  async #change(
    target: Pair,
    change: {
      add: string[];
      remove: string[] | '*';
      overwrite?: boolean;
    },
    base?: { of: Pair; number: number; content: ModelContent },
  ): Promise<void> {
    const { add, remove } = change;
    const input = {
      ...change,
      repositoryId: target.id,
      baseVersionId:
        base && (await readVersion(this.#knex, base.of.uuid, base.number))!.id,
      add: await this.#idsOf(add),
      remove: remove === '*' ? remove : await this.#idsOf(remove),
      inputs: {},
      dryRun: false,
    };
    const handler = repositoryTasks.modifyHandler({ maker: this.#maker });
    const units = await this.#countUnits();
    const tried = await this.#run(handler, { ...input, dryRun: true });
    assert.equal(await this.#countUnits(), units, 'a dry run wrote units');
    const done = await this.#attempt(
      target,
      model => model.modify({ ...change, base: base?.content }),
      handler,
      input,
    );
    assert.deepEqual(
      [tried.code, tried.result?.outcome, tried.result?.counts],
      [done.code, done.result?.outcome, done.result?.counts],
      'a dry run told something else',
    );
  }

  async #upload(target: Pair, { unit }: StepOf<'upload'>): Promise<void> {
    const type = 'rpm.package';
    const handler = createContentHandler({
      knex: this.#knex,
      storage: NO_FILES,
      maker: this.#maker,
      creators: {
        // The type only chooses how the unit is made.
        [type]: async () => ({
          unitId: await saveModelUnit(this.#knex, unit),
          created: true,
        }),
      },
    });
    await this.#attempt(
      target,
      model => model.modify({ add: [unit], remove: [] }),
      handler,
      {
        type,
        unit: {},
        labels: {},
        destination: { repositoryId: target.id, overwrite: true },
      },
    );
  }

  async #delete(target: Pair, { index }: StepOf<'delete'>): Promise<void> {
    const number = target.model.pick(index);
    const doomed = await readVersion(this.#knex, target.uuid, number);
    await this.#attempt(
      target,
      model => model.delete(number),
      repositoryTasks.deleteVersionHandler({ knex: this.#knex }),
      { versionId: doomed!.id },
    );
  }

  async #settings(
    target: Pair,
    { keepPackages, keepVersions }: StepOf<'settings'>,
  ): Promise<void> {
    await this.#attempt(
      target,
      model => {
        Object.assign(model, { keepPackages, keepVersions });
        model.retain();
      },
      repositoryTasks.updateHandler({ knex: this.#knex, maker: this.#maker }),
      {
        repositoryId: target.id,
        patch: {
          retain_package_versions: keepPackages,
          retain_repo_versions: keepVersions || null,
        },
        replace: false,
      },
    );
  }

  async #prune(target: Pair): Promise<void> {
    await this.#attempt(
      target,
      model => model.prune(),
      pruneHandler({ knex: this.#knex, maker: this.#maker }),
      // Whatever is in the repository has come before tomorrow.
      { repositoryId: target.id, keepDays: -1 },
    );
  }

  /** Deletes all units that neither repository holds in any version, and no others. */
  async #cleanUp(): Promise<void> {
    const handler = orphanHandler({
      knex: this.#knex,
      storage: NO_FILES,
    });
    const before = await this.#countUnits();
    const { result } = await this.#run(handler, {
      // As if it were a minute later.
      protectionMinutes: -1,
    });
    this.#ids.clear();
    const held = new Set(this.#pairs.flatMap(({ model }) => [...model.held]));
    const left = await this.#countUnits();
    assert.equal(left, held.size, 'units are left, or more have gone');
    assert.equal(result.content, before - left, 'the clean-up counts wrong');
  }

  /** Lets a distribution name a version, or none any more. */
  async #serve(target: Pair, { index }: StepOf<'serve'>): Promise<void> {
    const number = index === undefined ? undefined : target.model.pick(index);
    const { model } = target;
    model.served = number;
    await this.#knex.transaction(async trx => {
      const previous = this.#distributions.get(target);
      if (previous) await trx('distribution').where('uuid', previous).delete();
      this.#distributions.delete(target);
      if (number === undefined) return;
      const version = await readVersion(trx, target.uuid, number);
      const fields = {
        name: `serves ${target.uuid}`,
        basePath: target.uuid,
        repositoryId: undefined,
        versionId: version!.id,
        publicationId: undefined,
        checkpoint: false,
        hidden: false,
        generateRepoConfig: false,
        labels: {},
      };
      const uuid = await insertDistribution(trx, fields, undefined);
      this.#distributions.set(target, uuid);
    });
  }

  /** Does something to a repository and its model; both succeed or are refused alike. */
  async #attempt(
    { uuid, model }: Pair,
    expected: (model: ModelRepository) => void,
    handler: TaskHandler,
    input: unknown,
  ): Promise<{ code?: string; result?: any }> {
    let refusal: string | undefined;
    const { next } = model;
    try {
      expected(model);
    } catch (error) {
      if (!(error instanceof ModelRefusal)) throw error;
      refusal = error.message;
    }
    const done = await this.#run(handler, input);
    assert.equal(done.code, refusal, 'refused for another reason');
    const { outcome, version } = done.result ?? {};
    if (outcome) {
      const made = model.next > next;
      assert.equal(outcome, made ? 'created' : 'unchanged');
      if (made) assert.match(version, new RegExp(`${uuid}/versions/${next}/$`));
    }
    return done;
  }

  async #run(
    handler: TaskHandler,
    input: unknown,
  ): Promise<{ code?: string; result?: any }> {
    const outcome: { result?: any } = {};
    try {
      const returned = await handler(bareContext(outcome), input);
      return { result: returned?.result ?? outcome.result };
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      return { code: error.code };
    }
  }

  async #idsOf(names: Iterable<string>): Promise<number[]> {
    const ids: number[] = [];
    for (const name of names) {
      const id = this.#ids.get(name) ?? (await saveModelUnit(this.#knex, name));
      this.#ids.set(name, id);
      ids.push(id);
    }
    return ids;
  }

  async #countUnits(): Promise<number> {
    const [{ count }] = await this.#knex('unit').count({ count: '*' });
    return Number(count);
  }

  async #compare({ id, uuid, model }: Pair): Promise<void> {
    const numbers = [...model.versions.keys()].sort((a, b) => a - b);
    assert.equal(await countVersions(this.#knex, id), numbers.length);
    let previous: ModelContent = new Set();
    for (const number of numbers) {
      const content = model.versions.get(number)!;
      const place = { repositoryId: id, number };
      assert.deepEqual(
        new Set(await listUnitIds(this.#knex, place)),
        new Set(await this.#idsOf(content)),
        `version ${number} holds something else`,
      );
      const version = await readVersion(this.#knex, uuid, number);
      const { added, removed, present } = version!.counts;
      const earlier = previous;
      assert.deepEqual(
        {
          added: sumOf(added),
          removed: sumOf(removed),
          present: sumOf(present),
        },
        {
          added: [...content].filter(name => !earlier.has(name)).length,
          removed: [...earlier].filter(name => !content.has(name)).length,
          present: content.size,
        },
        `version ${number} counts something else`,
      );
      previous = content;
    }
  }
}

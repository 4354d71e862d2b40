import type { Knex } from 'knex';
import type { TaskContext, TaskOutcome } from '../tasks/types';
import type { VersionRecord } from './versionTypes';

/**
 * Something to do in the task that has made a version, after its commit.
 *
 * @returns hrefs of what it made
 */
export type VersionHook = (
  context: TaskContext,
  version: VersionRecord,
) => Promise<readonly string[]>;

/** What happens after each new version, whoever made it (autopublish). */
export class VersionHooks {
  readonly #knex: Knex;
  readonly #hooks: VersionHook[] = [];

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  add(hook: VersionHook): void {
    this.#hooks.push(hook);
  }

  /**
   * Runs all hooks; what they made is put behind the task's created resources.
   *
   * @param outcome - what the task has committed
   * @returns what it then has
   */
  async run(
    context: TaskContext,
    version: VersionRecord,
    outcome: TaskOutcome,
  ): Promise<TaskOutcome> {
    const made: string[] = [];
    for (const hook of this.#hooks)
      made.push(...(await hook(context, version)));
    if (!made.length) return outcome;
    const extended: TaskOutcome = {
      ...outcome,
      createdResources: [...(outcome.createdResources ?? []), ...made],
    };
    await this.#knex.transaction(trx => context.commit(trx, extended));
    return extended;
  }
}

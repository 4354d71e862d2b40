import type {
  Repository,
  RepositoryRollbackInput,
  Task,
  WaitForTaskOptions,
} from '@rpmportal/backstage-plugin-rpm-common';
import { FakeRpmApi } from '../src/__testUtils__/FakeRpmApi';
import {
  makeCheckpoint,
  makeDistribution,
  makePackageChange,
  makeRepository,
  makeTask,
  makeVersion,
} from '../src/__testUtils__/fixtures';

const STEPS = 10;
const STEP_MS = 300;

function content() {
  const [production, development] = [
    makeRepository(),
    makeRepository({
      name: 'webshop-development',
      description: 'What the shop team works on',
      pulp_labels: { stage: 'development' },
    }),
  ].map(repository => ({
    repository,
    versions: Array.from({ length: 24 }, (_, index) =>
      makeVersion(repository, 23 - index),
    ),
  }));
  production.versions[0].reason =
    'Payment fails for some customers since the last release; back to what worked until we know why.';
  production.versions[0].base_version = production.versions[4].pulp_href;
  production.versions[3].created_by = 'plugin:scaffolder';
  production.versions[3].reason = null;
  const { versions } = production;
  return {
    repositories: [production.repository, development.repository],
    versions: {
      [production.repository.name]: versions,
      [development.repository.name]: development.versions,
    },
    checkpoints: {
      [production.repository.name]: [
        makeCheckpoint(versions[0], '20260320T080000Z'),
        makeCheckpoint(versions[2], '20260314T080000Z'),
        makeCheckpoint(versions[2], '20260314T070000Z'),
      ],
    },
    distributions: {
      [production.repository.name]: [
        makeDistribution(production.repository, 'webshop'),
        makeDistribution(production.repository, 'webshop-checkpoints', {
          checkpoint: true,
        }),
      ],
    },
    diff: [
      makePackageChange('webshop', '2.0-1', '1.1-1', 'down'),
      makePackageChange('libmoney', '1.0-1', '1.2-1', 'up'),
      makePackageChange('webshop-theme', '2.0-1', undefined, 'removed'),
      ...Array.from({ length: 60 }, (_, index) =>
        makePackageChange(`campaign-${index}`, undefined, '2026-1', 'added'),
      ),
    ],
  };
}

/** A backend in memory, whose tasks take as long as one can watch. */
export class DevRpmApi extends FakeRpmApi {
  #rolledBack: Repository | undefined;
  #reason: string | undefined;

  constructor() {
    super(content());
  }

  async rollBack(
    repository: Repository,
    input: RepositoryRollbackInput,
  ): Promise<string> {
    this.#rolledBack = repository;
    this.#reason = input.reason;
    return super.rollBack(repository, input);
  }

  async waitForTask(href: string, options: WaitForTaskOptions): Promise<Task> {
    const ended = super.waitForTask(href, options);
    for (let done = 0; done <= STEPS; done += 1) {
      options.onProgress?.(
        makeTask({
          progress_reports: [
            {
              message: 'Comparing content',
              code: 'compare',
              state: 'running',
              total: STEPS,
              done,
              suffix: null,
            },
          ],
        }),
      );
      await new Promise(resolve => setTimeout(resolve, STEP_MS));
    }
    this.complete(this.#rolledBack!, { reason: this.#reason });
    return ended;
  }
}

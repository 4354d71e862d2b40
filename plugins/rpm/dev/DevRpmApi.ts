import type {
  Repository,
  RepositoryRollbackInput,
  Task,
  WaitForTaskOptions,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { CopyInput } from '../src';
import { FakeRpmApi } from '../src/__testUtils__/FakeRpmApi';
import {
  makeCheckpoint,
  makeDistribution,
  makePackage,
  makePackageChange,
  makePlanUnit,
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
  const webshopUnit = makePlanUnit('webshop-2.0-1.noarch', {
    cause: 'requested',
  });
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
    packages: Array.from({ length: 60 }, (_, index) =>
      makePackage(`campaign-${index}`, '2026-1'),
    ),
    plan: {
      units: [
        webshopUnit,
        ...['libcart-1.0.1-1.x86_64', 'libmoney-1.2-1.noarch'].map(label =>
          makePlanUnit(label),
        ),
        makePlanUnit('webshop-theme-classic-1.0-1.noarch', {
          change: 'removed',
          cause: null,
          chain: null,
          reason: 'replaced',
          because_of: webshopUnit,
        }),
      ],
      missing: [
        {
          requirement: 'webshop-pay >= 2',
          required_by: webshopUnit.label,
          held: false,
          allowed: false,
          sentence: `Nothing provides webshop-pay >= 2, which ${webshopUnit.label} requires.`,
          chain: `requested ${webshopUnit.label}`,
        },
      ],
    },
  };
}

/** A backend in memory, whose tasks take as long as one can watch. */
export class DevRpmApi extends FakeRpmApi {
  readonly #repositories: Repository[];
  #changed: Repository | undefined;
  #reason: string | undefined;

  constructor() {
    const held = content();
    super(held);
    this.#repositories = held.repositories;
  }

  async copy(input: CopyInput): Promise<string> {
    const [{ dest_repo: href }] = input.config;
    this.#changed = this.#repositories.find(
      ({ pulp_href: candidate }) => candidate === href,
    );
    this.#reason = undefined;
    return super.copy(input);
  }

  async applyPlan(plan: string, input: { reason: string }): Promise<string> {
    this.#reason = input.reason;
    return super.applyPlan(plan, input);
  }

  async rollBack(
    repository: Repository,
    input: RepositoryRollbackInput,
  ): Promise<string> {
    this.#changed = repository;
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
    if (this.#reason === undefined) this.completePreview();
    else this.complete(this.#changed!, { reason: this.#reason });
    return ended;
  }
}

import type { Knex } from 'knex';
import { startRpmBackend, type RpmTestBackend } from '../../testing';
import { RepositoryDriver } from '../../testing/RepositoryDriver';
import { saveTestPackages } from '../../testing/units';

/** Copies and plans through the API, with packages of its own. */
export class PlanTester {
  readonly rpm: RpmTestBackend;
  readonly driver: RepositoryDriver;

  private constructor(rpm: RpmTestBackend, knex: Knex) {
    this.rpm = rpm;
    this.driver = new RepositoryDriver({ rpm, knex });
  }

  /**
   * Starts a backend that knows packages: `app` requires `lib` and `gone`, `lib` requires `base`,
   * `tool` requires `gone >= 2`; `old` and `new` are versions of one package.
   */
  static async start(
    knex: Knex,
    options: Omit<Parameters<typeof startRpmBackend>[0], 'knex'> = {},
  ): Promise<PlanTester> {
    const rpm = await startRpmBackend({ knex, ...options });
    const tester = new PlanTester(rpm, knex);
    tester.driver.know(
      await saveTestPackages(knex, {
        app: { requires: [{ name: 'lib' }, { name: 'gone' }] },
        lib: { requires: [{ name: 'base' }] },
        base: {},
        tool: { requires: [{ name: 'gone', flags: 'GE', version: '2' }] },
        old: { name: 'twin', version: '1' },
        new: { name: 'twin', version: '2' },
      }),
    );
    return tester;
  }

  stop(): Promise<void> {
    return this.rpm.stop();
  }

  /** @returns the href of a new repository that holds units, by their names */
  async repository(units = '', settings: object = {}): Promise<string> {
    const repository = await this.driver.create(settings);
    if (units) await this.driver.change(repository, { add: units });
    return repository;
  }

  /** Copies units, by their names, out of the latest version of a repository. */
  async copy(
    source: string,
    destination: string,
    units: string,
    options: object = {},
  ) {
    const { body } = await this.rpm.get(source);
    return this.rpm.post('rpm/copy/', {
      config: [
        {
          source_repo_version: body.latest_version_href,
          dest_repo: destination,
          content: units
            .split(' ')
            .filter(Boolean)
            .map(name => this.driver.units[name]),
        },
      ],
      ...options,
    });
  }

  /** @returns the plan of a dry run of a copy */
  async plan(
    source: string,
    destination: string,
    units: string,
    options: object = {},
  ): Promise<any> {
    const task = await this.rpm.completed(
      await this.copy(source, destination, units, {
        dry_run: true,
        ...options,
      }),
    );
    return (await this.rpm.get(task.result.plan)).body;
  }

  /** @returns the completed task */
  async apply(plan: any, input: object = {}): Promise<any> {
    return this.rpm.completed(
      await this.rpm.post(`${plan.pulp_href}apply/`, input),
    );
  }

  /** The content of a repository's latest version. */
  async content(repository: string): Promise<string> {
    return this.driver.content(
      repository,
      await this.driver.latest(repository),
    );
  }
}

import { strict as assert } from 'assert';
import { readFile } from 'fs/promises';
import type { Knex } from 'knex';
import { join } from 'path';
import type request from 'supertest';
import { readPending } from '../../database/operations/artifact-map';
import {
  composePrimary,
  composeRepository,
} from '../../sync/testing/composeRepository';
import { EXAMPLE_FOLDERS, SyncTester } from '../../sync/testing/SyncTester';
import { mapFromScratch, readMap } from './mapFromScratch';
import { FILES, MODULES, PACKAGES, type MapStep } from './mapSteps';

/**
 * Steps are random, so some are refused: what one wants has gone by what goes on at once (PLP0005), or
 * it is there already (PLP0022).
 */
const REFUSALS = ['PLP0005', 'PLP0022'];

function snippetOf({ name, artifacts }: (typeof MODULES)[number]): string {
  const data = {
    name,
    stream: '1',
    version: '1',
    context: 'c0ffee42',
    arch: 'noarch',
    summary: '',
    description: '',
    license: { module: ['MIT'] },
    artifacts: { rpms: artifacts },
  };
  return `---\n${JSON.stringify({
    document: 'modulemd',
    version: 2,
    data,
  })}\n...\n`;
}

/** Two repositories to which things happen through the API. */
export class MapWorld {
  readonly #tester: SyncTester;
  readonly #knex: Knex;
  #repositories: string[] = [];
  #remotes = 0;
  /** The most rows that the map had when it was looked at. */
  mostRows = 0;

  constructor(options: { tester: SyncTester; knex: Knex }) {
    this.#tester = options.tester;
    this.#knex = options.knex;
  }

  /** @throws AssertionError as soon as the map is another than one made from scratch */
  async run(groups: readonly (readonly MapStep[])[]): Promise<void> {
    const create = () =>
      // What leaves the latest version is held by none, and can be cleaned up.
      this.#tester.createRepository({ retain_repo_versions: 1 });
    this.#repositories = [await create(), await create()];
    for (const group of groups) {
      const ends = await Promise.allSettled(
        group.map(step => this.#perform(step)),
      );
      for (const end of ends) {
        if (end.status === 'rejected') throw end.reason;
      }
      await this.#compare();
    }
    for (const repository of this.#repositories) {
      await this.#finish(this.#tester.rpm.delete(repository));
    }
    await this.#cleanUp();
    assert.deepEqual(await readMap(this.#knex), []);
  }

  async #compare(): Promise<void> {
    const rows = await readMap(this.#knex);
    assert.deepEqual(rows, await mapFromScratch(this.#knex));
    assert.equal((await readPending(this.#knex)).count, 0);
    this.mostRows = Math.max(this.mostRows, rows.length);
  }

  async #perform(step: MapStep): Promise<void> {
    switch (step.kind) {
      case 'sync':
        return this.#sync(step);
      case 'upload file':
        return this.#uploadFile(step);
      case 'upload module':
        return this.#finish(
          this.#tester.rpm.post('content/rpm/modulemds/', {
            snippet: snippetOf(MODULES[step.module]),
            repository: this.#repositories[step.repository],
          }),
        );
      case 'copy':
        return this.#copy(step);
      case 'remove':
        return this.#remove(step);
      default:
        return this.#cleanUp();
    }
  }

  async #sync(step: Extract<MapStep, { kind: 'sync' }>): Promise<void> {
    const { rpm, server } = this.#tester;
    const packages = step.packages.map(index => PACKAGES[index]);
    const modules = step.modules.map(index => snippetOf(MODULES[index]));
    this.#remotes += 1;
    const url = server.compose(
      `map-${this.#remotes}`,
      composeRepository([
        { type: 'primary', content: composePrimary(packages) },
        ...(modules.length
          ? [{ type: 'modules', content: modules.join('') }]
          : []),
      ]),
    );
    await this.#finish(
      rpm.post(`${this.#repositories[step.repository]}sync/`, {
        remote: await this.#tester.createRemote(url),
        sync_policy: step.mirror ? 'mirror_content_only' : 'additive',
      }),
    );
  }

  async #uploadFile(
    step: Extract<MapStep, { kind: 'upload file' }>,
  ): Promise<void> {
    const name = FILES[step.file];
    const file = await readFile(join(EXAMPLE_FOLDERS['repo-1'], name));
    await this.#finish(
      this.#tester.rpm
        .form('content/rpm/packages/')
        .field('repository', this.#repositories[step.repository])
        .attach('file', file, name),
    );
  }

  async #copy({
    repository,
    solving,
    modulesOnly,
  }: Extract<MapStep, { kind: 'copy' }>): Promise<void> {
    const { rpm } = this.#tester;
    const source = await this.#latest(repository);
    const content = modulesOnly
      ? { content: await this.#hrefs('modulemds', source) }
      : {};
    await this.#finish(
      rpm.post('rpm/copy/', {
        config: [
          {
            source_repo_version: source,
            dest_repo: this.#repositories[1 - repository],
            ...content,
          },
        ],
        dependency_solving: solving,
      }),
    );
  }

  async #remove({
    repository,
    keepEach,
  }: Extract<MapStep, { kind: 'remove' }>): Promise<void> {
    const version = await this.#latest(repository);
    const units = [
      ...(await this.#hrefs('packages', version)),
      ...(await this.#hrefs('modulemds', version)),
    ];
    await this.#finish(
      this.#tester.rpm.post(`${this.#repositories[repository]}modify/`, {
        remove_content_units: units.filter(
          (_, index) => index % keepEach === 0,
        ),
      }),
    );
  }

  async #cleanUp(): Promise<void> {
    await this.#finish(
      this.#tester.rpm.post('orphans/cleanup/', { orphan_protection_time: 0 }),
    );
  }

  async #latest(repository: number): Promise<string> {
    const { body } = await this.#tester.rpm.get(this.#repositories[repository]);
    return body.latest_version_href;
  }

  async #hrefs(collection: string, version: string): Promise<string[]> {
    const { body } = await this.#tester.rpm.get(
      `content/rpm/${collection}/?repository_version=${version}&fields=pulp_href&limit=100`,
    );
    const units: { pulp_href: string }[] = body.results ?? [];
    return units.map(unit => unit.pulp_href);
  }

  /** Waits for the task; what goes on at once may have taken away what the step is about. */
  async #finish(sent: request.Test): Promise<void> {
    const reply = await sent;
    if (reply.status === 400 || reply.status === 404) return;
    const task = await this.#tester.rpm.finished(reply);
    assert.ok(
      task.state === 'completed' || REFUSALS.includes(task.error.error_code),
      `${task.name}: ${JSON.stringify(task.error)}`,
    );
  }
}

import type { RpmPackage } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { EXAMPLE_FOLDERS, SyncTester } from '../../sync/testing/SyncTester';
import {
  saveTestAdvisories,
  saveTestPackages,
  testCollection,
  type UnitsByName,
} from '../../testing/units';

/** Collections below `content/rpm/` with what names their units in tests. */
const COLLECTIONS: Record<string, (unit: any) => string> = {
  packages: ({ location_href: file }) => file.replace(/\.rpm$/, ''),
  advisories: ({ id }) => id,
  modulemds: unit =>
    [unit.name, unit.stream, unit.version, unit.context, unit.arch].join(':'),
  modulemd_defaults: ({ module }) => `defaults ${module}`,
  modulemd_obsoletes: unit =>
    `obsoletes ${unit.module_name}:${unit.module_stream}`,
  modulemd_documents: unit => `${unit.document_type} ${unit.module}`,
  packagegroups: ({ id }) => `group ${id}`,
  packagecategories: ({ id }) => `category ${id}`,
  packageenvironments: ({ id }) => `environment ${id}`,
  packagelangpacks: () => 'langpacks',
};

/** Copies between repositories through the API and says by name what came of it. */
export class CopyTester {
  readonly sync: SyncTester;
  readonly #knex: Knex;
  /** Href of a version that holds all of the reference package set. */
  zoo = '';
  /** The hrefs of its units, by name. */
  animals: UnitsByName = {};

  private constructor(sync: SyncTester, knex: Knex) {
    this.sync = sync;
    this.#knex = knex;
  }

  static async start(knex: Knex): Promise<CopyTester> {
    const tester = new CopyTester(await SyncTester.start(knex), knex);
    tester.zoo = await tester.synced('zoo');
    tester.animals = await tester.units(tester.zoo);
    return tester;
  }

  async stop(): Promise<void> {
    await this.sync.stop();
  }

  /** @returns the repository's version 1, which holds all of an example */
  async synced(example: keyof typeof EXAMPLE_FOLDERS): Promise<string> {
    const { server } = this.sync;
    const remote = await this.sync.createRemote(server.urlOf(example));
    const repository = await this.sync.createRepository();
    await this.sync.synced(repository, { remote });
    return `${repository}versions/1/`;
  }

  /** Hrefs of units of the reference package set. */
  hrefs(...names: string[]): string[] {
    return names.map(name => this.animals[name]);
  }

  /** An entry that copies units of the reference package set. */
  fromZoo(destination: string, ...names: string[]) {
    return {
      source_repo_version: this.zoo,
      dest_repo: destination,
      content: this.hrefs(...names),
    };
  }

  /** @returns the href of a new repository, which holds the units, if any */
  async repository(units: readonly string[] = []): Promise<string> {
    const href = await this.sync.createRepository();
    if (units.length) await this.add(href, units);
    return href;
  }

  /** Saves packages that are in no repository; see {@link saveTestPackages}. */
  async savePackages(
    packages: Record<string, Partial<RpmPackage>>,
  ): Promise<UnitsByName> {
    return saveTestPackages(this.#knex, packages);
  }

  /** Saves two advisories that cannot be in one repository. */
  async saveContradiction(): Promise<[string, string]> {
    const { one, two } = await saveTestAdvisories(this.#knex, {
      one: { id: 'X-1', pkglist: [testCollection('c', 'a-1', 'b-1')] },
      two: { id: 'X-1', pkglist: [testCollection('c', 'b-1', 'c-1')] },
    });
    return [one, two];
  }

  async add(repository: string, units: readonly string[]): Promise<void> {
    const { rpm } = this.sync;
    await rpm.completed(
      await rpm.post(`${repository}modify/`, { add_content_units: units }),
    );
  }

  post(config: unknown, options: object = {}) {
    return this.sync.rpm.post('rpm/copy/', { config, ...options });
  }

  /** @returns the completed task */
  async copy(config: object[], options: object = {}): Promise<any> {
    return this.sync.rpm.completed(await this.post(config, options));
  }

  /** The hrefs of all units of a version, by name. */
  async units(version: string): Promise<UnitsByName> {
    const units: UnitsByName = {};
    for (const [collection, nameOf] of Object.entries(COLLECTIONS)) {
      const { body } = await this.sync.rpm.get(
        `content/rpm/${collection}/?repository_version=${version}&limit=1000`,
      );
      for (const unit of body.results) units[nameOf(unit)] = unit.pulp_href;
    }
    return units;
  }

  /** The names of all units of a repository's latest version, sorted. */
  async content(repository: string): Promise<string[]> {
    const { body } = await this.sync.rpm.get(repository);
    return Object.keys(await this.units(body.latest_version_href)).sort();
  }
}

import type { Knex } from 'knex';
import { whereInVersion } from '../database/membership';
import { resolveVersion } from '../database/operations/versions';
import { hrefOf, type ContentType } from '../identifiers';
import type { RpmTestBackend } from './startRpmBackend';
import type { UnitsByName } from './units';

/** A change of content: units by name, separated by blanks. */
export interface TestChange {
  add?: string;
  /** Or `*`. */
  remove?: string;
  /** Href of a version. */
  base?: string;
  overwrite?: boolean;
  reason?: string;
  dry_run?: boolean;
}

/** Drives repositories through the API, with units that the test calls by names of its own. */
export class RepositoryDriver {
  readonly #rpm: RpmTestBackend;
  readonly #knex: Knex;
  #made = 0;
  /** Hrefs by name. */
  units: UnitsByName = {};

  constructor(options: { rpm: RpmTestBackend; knex: Knex }) {
    this.#rpm = options.rpm;
    this.#knex = options.knex;
  }

  /** Adds to the units that have names. */
  know(more: UnitsByName): void {
    this.units = { ...this.units, ...more };
  }

  /** @returns the new repository's href */
  async create(settings: object = {}): Promise<string> {
    this.#made += 1;
    const reply = await this.#rpm.post('repositories/rpm/rpm/', {
      name: `repository ${this.#made}`,
      ...settings,
    });
    if (reply.status !== 201) throw new Error(reply.text);
    return reply.body.pulp_href;
  }

  modify(repository: string, { add, remove, base, ...rest }: TestChange) {
    return this.#rpm.post(`${repository}modify/`, {
      ...(add === undefined ? {} : { add_content_units: this.#hrefs(add) }),
      ...(remove === undefined
        ? {}
        : { remove_content_units: this.#hrefs(remove) }),
      ...(base === undefined ? {} : { base_version: base }),
      ...rest,
    });
  }

  /** @returns the completed task */
  async change(repository: string, wanted: TestChange): Promise<any> {
    return this.#rpm.completed(await this.modify(repository, wanted));
  }

  /** A repository whose versions are 0: nothing, 1: a b, 2: a c. */
  async example(settings: object = {}): Promise<string> {
    const repository = await this.create(settings);
    await this.change(repository, { add: 'a b' });
    await this.change(repository, { add: 'c', remove: 'b' });
    return repository;
  }

  /** The number of the latest version. */
  async latest(repository: string): Promise<number> {
    const { body } = await this.#rpm.get(repository);
    return Number(/versions\/(\d+)\/$/.exec(body.latest_version_href)![1]);
  }

  /** The numbers of all versions, ascending. */
  async numbers(repository: string): Promise<number[]> {
    const { body } = await this.#rpm.get(
      `${repository}versions/?ordering=number`,
    );
    return body.results.map((version: any) => version.number);
  }

  /** What a version holds, by name, straight from the membership. */
  async content(repository: string, number: number): Promise<string> {
    const version = await resolveVersion(
      this.#knex,
      `${repository}versions/${number}/`,
    );
    const rows = await whereInVersion(
      this.#knex('repository_content')
        .join('unit', 'unit.id', 'repository_content.unit_id')
        .select('unit.uuid', 'unit.type'),
      version!,
    );
    const names = new Map(
      Object.entries(this.units).map(([name, href]) => [href, name]),
    );
    return rows
      .map(
        (row: { uuid: string; type: ContentType }) =>
          names.get(hrefOf(row.type, row.uuid)) ?? 'unnamed',
      )
      .sort()
      .join(' ');
  }

  /** `added / removed / present` of one type. */
  async counts(version: string, type = 'rpm.package'): Promise<string> {
    const { content_summary: summary } = (await this.#rpm.get(version)).body;
    return ['added', 'removed', 'present']
      .map(key => summary[key][type]?.count ?? 0)
      .join(' / ');
  }

  #hrefs(text: string): string[] {
    return text
      .split(' ')
      .filter(Boolean)
      .map(name => this.units[name] ?? name);
  }
}

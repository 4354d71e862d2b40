import { NotFoundError } from '@backstage/errors';
import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import {
  listUnits,
  readUnit,
  readUnitDetails,
} from '../database/operations/content-units';
import type { RowPage } from '../database/pages';
import { resolveFilters } from '../database/resolveFilters';
import type { ContentType } from '../identifiers';
import type { Visibility } from '../permissions/AccessControl';
import type {
  ContentUnitService,
  ReadSelection,
  UnitRecord,
  UnitRecords,
} from './types';
import type { ContentFilters } from './ContentFilters';
import {
  resolveVersionScope,
  VERSION_FILTERS,
  type VersionScope,
} from './versionScopes';

/** What the content types are called in sentences. */
const MODELS: Record<ContentType, string> = {
  'rpm.package': 'Package',
  'rpm.advisory': 'UpdateRecord',
  'rpm.modulemd': 'Modulemd',
  'rpm.modulemd_defaults': 'ModulemdDefaults',
  'rpm.modulemd_obsolete': 'ModulemdObsolete',
  'rpm.modulemd_document': 'ModulemdDocument',
  'rpm.packagegroup': 'PackageGroup',
  'rpm.packagecategory': 'PackageCategory',
  'rpm.packageenvironment': 'PackageEnvironment',
  'rpm.packagelangpacks': 'PackageLangpacks',
  'rpm.repo_metadata_file': 'RepoMetadataFile',
  'rpm.distribution_tree': 'DistributionTree',
};

interface ReadOptions {
  visible?: Visibility;
}

export class DefaultContentUnitService implements ContentUnitService {
  readonly #knex: Knex;
  readonly #filters: ContentFilters;

  constructor(options: { knex: Knex; filters: ContentFilters }) {
    this.#knex = options.knex;
    this.#filters = options.filters;
  }

  async list<T extends ContentType>(
    type: T,
    filters: ListQuery,
    { visible = 'all' }: ReadOptions = {},
  ): Promise<RowPage<UnitRecords[T]>> {
    const { scopes, others } = await this.#resolve(filters, visible);
    const present = scopes.find(({ change }) => change === 'present');
    return listUnits(this.#knex, type, others, { scopes, visible }, units =>
      readUnitDetails(this.#knex, type, units, {
        selection: filters,
        content: present?.version,
        visible,
      }),
    );
  }

  async listAll(
    filters: ListQuery,
    { visible = 'all' }: ReadOptions = {},
  ): Promise<RowPage<UnitRecord>> {
    const { scopes, others } = await this.#resolve(filters, visible);
    return listUnits(
      this.#knex,
      undefined,
      others,
      { scopes, visible },
      async units => units,
    );
  }

  async get<T extends ContentType>(
    type: T,
    uuid: string,
    selection: ReadSelection,
    { visible = 'all' }: ReadOptions = {},
  ): Promise<UnitRecords[T]> {
    const unit = await readUnit(this.#knex, { type, uuid }, visible);
    if (!unit) {
      throw new NotFoundError(`No ${MODELS[type]} matches the given query.`);
    }
    const { repository_version: reference } = selection;
    const scope =
      reference === undefined
        ? undefined
        : await resolveVersionScope(
            this.#knex,
            'repository_version',
            reference,
            visible,
          );
    const [record] = await readUnitDetails(this.#knex, type, [unit], {
      selection,
      content: scope?.version,
      visible,
    });
    return record;
  }

  /**
   * Looks up what filters name. The versions among those that all units of the list must meet are
   * told apart, for they can be walked.
   */
  async #resolve(
    filters: ListQuery,
    visible: Visibility,
  ): Promise<{ scopes: VersionScope[]; others: ListQuery }> {
    const others: ListQuery = { ...filters };
    const scopes: VersionScope[] = [];
    for (const filter of VERSION_FILTERS) {
      const { [filter]: reference } = filters;
      if (typeof reference === 'string') {
        scopes.push(
          await resolveVersionScope(this.#knex, filter, reference, visible),
        );
        delete others[filter];
      }
    }
    return {
      scopes,
      others: await resolveFilters(others, this.#filters.resolvers(visible)),
    };
  }
}

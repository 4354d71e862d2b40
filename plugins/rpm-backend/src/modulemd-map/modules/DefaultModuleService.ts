import { NotFoundError } from '@backstage/errors';
import { formatNevra, parseNevra } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { requireVersionScope } from '../../content-units/versionScopes';
import { readUnit } from '../../database/operations/content-units';
import {
  listArtifactPackages,
  listModulesOfStreams,
  listNamingModules,
  readModules,
  type ContentScope,
} from '../../database/operations/modules';
import { listMappingModules } from '../../database/operations/versions';
import type { RowPage } from '../../database/pages';
import type { Visibility } from '../../permissions/AccessControl';
import { planApplicability, type InstalledPackage } from './planApplicability';
import { sortBuilds } from './sortBuilds';
import type {
  Applicability,
  ApplicabilityQuery,
  ModuleBuild,
  ModuleService,
} from './types';

interface ReadOptions {
  visible?: Visibility;
}

export class DefaultModuleService implements ModuleService {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async listOfPackage(
    packageUuid: string,
    query: Parameters<ModuleService['listOfPackage']>[1],
    { visible = 'all' }: ReadOptions = {},
  ): Promise<RowPage<ModuleBuild>> {
    const key = { type: 'rpm.package', uuid: packageUuid } as const;
    const unit = await readUnit(this.#knex, key, visible);
    if (!unit) throw new NotFoundError('No Package matches the given query.');
    const { repository_version: reference, limit, offset } = query;
    const scope = await this.#scope(
      'repository_version',
      reference === undefined ? undefined : [reference],
      visible,
    );
    const mappings = await listMappingModules(this.#knex, [unit.id]);
    const ids = mappings.map(({ modulemdId }) => modulemdId);
    const builds = sortBuilds(await readModules(this.#knex, ids, scope));
    return {
      count: builds.length,
      rows: builds.slice(offset, offset + limit),
    };
  }

  /**
   * The documents say what belongs to a stream, whether it is stored or not: what is installed may
   * have left the repositories since. Newer is only what can be had, which the map says.
   */
  async findApplicable(
    { versions, nevras, enabledStreams }: ApplicabilityQuery,
    { visible = 'all' }: ReadOptions = {},
  ): Promise<Applicability> {
    const scope = await this.#scope('repository_versions', versions, visible);
    const { installed, unreadable } = readInstalled(nevras);
    const named = await listNamingModules(
      this.#knex,
      installed.map(({ nevra }) => nevra),
    );
    const naming = await readModules(
      this.#knex,
      [...new Set(named.map(({ modulemdId }) => modulemdId))],
      scope,
    );
    const streams = new Map(
      naming.flatMap(({ name, stream }) =>
        isEnabled(enabledStreams, name, stream)
          ? [[JSON.stringify([name, stream]), { name, stream }]]
          : [],
      ),
    );
    const builds = await listModulesOfStreams(
      this.#knex,
      [...streams.values()],
      scope,
    );
    const available = await listArtifactPackages(
      this.#knex,
      builds.map(({ id }) => id),
      scope,
    );
    return {
      streams: planApplicability({ installed, builds, named, available }),
      unreadable,
    };
  }

  async #scope(
    field: string,
    references: readonly string[] | undefined,
    visible: Visibility,
  ): Promise<ContentScope> {
    if (!references) return { versions: undefined, visible };
    const versions: NonNullable<ContentScope['versions']>[number][] = [];
    for (const reference of references) {
      versions.push(
        await requireVersionScope(this.#knex, field, reference, visible),
      );
    }
    return { versions, visible };
  }
}

function isEnabled(
  enabled: ApplicabilityQuery['enabledStreams'],
  module: string,
  stream: string,
): boolean {
  return !Object.hasOwn(enabled, module) || enabled[module] === stream;
}

/** Each package once. */
function readInstalled(texts: readonly string[]): {
  installed: InstalledPackage[];
  unreadable: string[];
} {
  const installed = new Map<string, InstalledPackage>();
  const unreadable: string[] = [];
  for (const text of texts) {
    const nevra = parseNevra(text);
    if (!nevra) unreadable.push(text);
    else {
      const key = formatNevra(nevra);
      if (!installed.has(key)) installed.set(key, { text, nevra });
    }
  }
  return { installed: [...installed.values()], unreadable };
}

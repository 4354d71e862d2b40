import type { CallInput, StrictClient } from './StrictClient';

/** How many entities the command asks for at once. */
const PAGE = 25;

/** Entities that are looked up by name: the prefix of their operations' ids. */
type Named =
  | 'repositories_rpm_rpm'
  | 'remotes_rpm_rpm'
  | 'distributions_rpm_rpm';

/**
 * What the subcommands of `pulp` make of their options: which operations they call, with what. The
 * options are those of the command, in camel case.
 */
export class PulpCommand {
  readonly client: StrictClient;

  constructor(client: StrictClient) {
    this.client = client;
  }

  /** Finds an entity as `--name` and `--repository` do. */
  async find(prefix: Named, name: string): Promise<any> {
    const [found, ...more] = await this.list(`${prefix}_list`, {
      query: { name },
    });
    if (!found || more.length) throw new Error(`Not exactly one ${name}`);
    return found;
  }

  repository(name: string): Promise<any> {
    return this.find('repositories_rpm_rpm', name);
  }

  /** Lists page by page, up to `limit` entities. */
  async list(
    operationId: string,
    input: CallInput = {},
    limit = Infinity,
  ): Promise<any[]> {
    const entities: any[] = [];
    for (;;) {
      const page = await this.client.call(operationId, {
        ...input,
        query: {
          ...input.query,
          limit: Math.min(PAGE, limit - entities.length),
          offset: entities.length,
        },
      });
      entities.push(...page.results);
      if (entities.length >= limit || page.next === null) return entities;
    }
  }

  /** `rpm publication create`, `rpm distribution create`: by a task, then read */
  async create(
    prefix: 'publications_rpm_rpm' | 'distributions_rpm_rpm',
    body: object,
  ): Promise<any> {
    const task = await this.client.run(`${prefix}_create`, { body });
    // A result would be shown instead of the entity.
    if (task.result !== null) return task.result;
    const href = task.created_resources.find((resource: string) =>
      resource.includes(`/${prefix.replace(/_/g, '/')}/`),
    );
    return this.client.call(`${prefix}_read`, { href });
  }

  /** `rpm repository sync` */
  async sync(options: {
    repository: string;
    remote: string;
    syncPolicy?: string;
    skipType?: string[];
    optimize?: boolean;
  }): Promise<any> {
    const { pulp_href: href } = await this.repository(options.repository);
    const remote = await this.find('remotes_rpm_rpm', options.remote);
    const { syncPolicy, skipType, optimize } = options;
    return this.client.run('repositories_rpm_rpm_sync', {
      href,
      body: {
        remote: remote.pulp_href,
        ...(syncPolicy && { sync_policy: syncPolicy }),
        ...(skipType && { skip_types: skipType }),
        ...(optimize !== undefined && { optimize }),
      },
    });
  }

  /** `rpm repository content list`; of the latest version, or of `version` */
  async content(options: {
    repository: string;
    version?: number;
    limit?: number;
    allTypes?: boolean;
  }): Promise<any[]> {
    const repository = await this.repository(options.repository);
    const { version, limit = PAGE } = options;
    return this.list(
      options.allTypes ? 'content_list' : 'content_rpm_packages_list',
      {
        query: {
          repository_version:
            version === undefined
              ? repository.latest_version_href
              : `${repository.versions_href}${version}/`,
        },
      },
      limit,
    );
  }

  /** `rpm repository content modify` */
  async modify(options: {
    repository: string;
    addContent?: { pulp_href: string }[];
    removeContent?: { pulp_href: string }[] | 'all';
    baseVersion?: number;
    baseRepository?: string;
  }): Promise<any> {
    const { repository, addContent, removeContent, baseVersion } = options;
    const { pulp_href: href } = await this.repository(repository);
    const base = await this.repository(options.baseRepository ?? repository);
    return this.client.run('repositories_rpm_rpm_modify', {
      href,
      body: {
        ...(addContent && { add_content_units: hrefsOf(addContent) }),
        ...(removeContent && {
          remove_content_units:
            removeContent === 'all' ? ['*'] : hrefsOf(removeContent),
        }),
        ...(baseVersion !== undefined && {
          base_version: `${base.versions_href}${baseVersion}/`,
        }),
      },
    });
  }

  /** `rpm prune-packages`; of all repositories when none is named */
  async prunePackages(options: {
    repositories?: string[];
    keepDays?: number;
    dryRun?: boolean;
  }): Promise<any> {
    const { repositories, keepDays, dryRun } = options;
    const named = await Promise.all(
      (repositories ?? []).map(name => this.repository(name)),
    );
    return this.client.run('rpm_prune_prune_packages', {
      body: {
        repo_hrefs: repositories ? hrefsOf(named) : ['*'],
        ...(keepDays !== undefined && { keep_days: keepDays }),
        ...(dryRun !== undefined && { dry_run: dryRun }),
      },
    });
  }

  /** `show --href`: of whatever it is */
  show(href: string): Promise<any> {
    return this.client.call('artifacts_read', { href, isOfAny: true });
  }

  /** `rpm repository destroy`, `rpm remote destroy`, `rpm distribution destroy` */
  async destroy(prefix: Named, name: string): Promise<any> {
    const { pulp_href: href } = await this.find(prefix, name);
    return this.client.run(`${prefix}_delete`, { href });
  }
}

/** The hrefs in lists such as `[{"pulp_href": …}]`, which the command takes. */
export function hrefsOf(units: readonly { pulp_href: string }[]): string[] {
  return units.map(unit => unit.pulp_href);
}

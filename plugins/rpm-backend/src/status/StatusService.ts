import type { statusSchema } from '@rpmportal/backstage-plugin-rpm-common';
import { statfs } from 'fs/promises';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { z } from 'zod';
import { listWorkers } from '../database/operations/tasks';
import { toTimestamp } from '../database/time';
import { API_ROOT, APP_VERSIONS, CONTENT_ROOT } from '../identifiers';

type Status = z.infer<typeof statusSchema>;

/** A replica that has not been heard of for so long is not on line. */
const ON_LINE_SECONDS = 15;

/** Tells who is on line and whether the database answers; for anybody, so nothing secret. */
export class StatusService {
  readonly #knex: Knex;
  readonly #contentOrigin: string;
  readonly #storagePath: string;

  constructor(options: {
    knex: Knex;
    contentOrigin: string;
    storagePath: string;
  }) {
    this.#knex = options.knex;
    this.#contentOrigin = options.contentOrigin;
    this.#storagePath = options.storagePath;
  }

  async read(): Promise<Status> {
    const workers = await this.#workers();
    return {
      versions: Object.entries(APP_VERSIONS).map(([component, version]) => ({
        component,
        version,
        package: component === 'core' ? 'pulpcore' : `pulp-${component}`,
        module: component === 'core' ? 'pulpcore.app' : `pulp_${component}.app`,
        domain_compatible: true,
      })),
      // Every replica answers the API, serves content and runs tasks.
      online_workers: workers ?? [],
      online_api_apps: workers ?? [],
      online_content_apps: workers ?? [],
      database_connection: { connected: workers !== undefined },
      redis_connection: { connected: false },
      storage: await this.#storage(),
      content_settings: {
        content_origin: this.#contentOrigin,
        content_path_prefix: CONTENT_ROOT,
      },
      domain_enabled: false,
    };
  }

  /** Undefined when the database does not answer, which is what status is asked for then. */
  async #workers(): Promise<Status['online_workers'] | undefined> {
    const since = toTimestamp(
      DateTime.utc().minus({ seconds: ON_LINE_SECONDS }),
    );
    try {
      const rows = await listWorkers(this.#knex, since);
      return rows.map(row => ({
        name: row.id,
        last_heartbeat: row.heartbeat_at,
        versions: APP_VERSIONS,
        pulp_href: `${API_ROOT}workers/${row.id}/`,
        prn: `prn:core.appstatus:${row.id}`,
      }));
    } catch {
      return undefined;
    }
  }

  async #storage(): Promise<Status['storage']> {
    try {
      const { blocks, bfree, bavail, bsize } = await statfs(this.#storagePath);
      return {
        total: blocks * bsize,
        used: (blocks - bfree) * bsize,
        free: bavail * bsize,
      };
    } catch {
      return null;
    }
  }
}

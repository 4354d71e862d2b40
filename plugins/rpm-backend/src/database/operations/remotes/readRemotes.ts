import type { ListQuery } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { Visibility } from '../../../permissions/AccessControl';
import type { RemoteRecord } from '../../../remote/types';
import { documentField } from '../../documentFields';
import { oneOrMany, onlyType, type FilteredList } from '../../filters';
import { whereLabels } from '../../labels';
import { lockIf, type ReadOptions } from '../../lock';
import { resolveNamePatterns } from '../../namePatterns';
import { listPage, type RowPage } from '../../pages';
import type { DbRemoteRow } from '../../tables';
import { whereVisible } from '../../visibility';
import { toRemoteRecord } from './remoteRows';

/** Settings that can be ordered by; the others are secrets, lists or long. */
const SETTINGS = {
  tls_validation: 'text',
  proxy_url: 'text',
  max_retries: 'number',
  download_concurrency: 'number',
  total_timeout: 'number',
  connect_timeout: 'number',
  sock_connect_timeout: 'number',
  sock_read_timeout: 'number',
  rate_limit: 'number',
} as const;

function settingFields(knex: Knex): Record<string, Knex.Raw> {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, type]) => [
      name,
      documentField(knex, 'remote.settings_json', `settings.${name}`, type),
    ]),
  );
}

function remoteList(knex: Knex): FilteredList {
  return {
    table: 'remote',
    columns: { name: 'remote.name', pulp_last_updated: 'remote.updated_at' },
    ordered: {
      url: 'remote.url',
      policy: 'remote.policy',
      ...settingFields(knex),
      owner: 'remote.owner_ref',
      entity: 'remote.entity_ref',
    },
    filters: {
      ...oneOrMany('pulp_type', onlyType),
      pulp_label_select: whereLabels(knex, 'remote', 'remote.id'),
    },
  };
}

/** The remote with this UUID, or undefined. */
export async function readRemote(
  knex: Knex,
  uuid: string,
  options: ReadOptions = {},
): Promise<RemoteRecord | undefined> {
  const query = knex<DbRemoteRow>('remote').where({ uuid }).first();
  lockIf(options, query, 'remote');
  const row: DbRemoteRow | undefined = await query;
  return row && toRemoteRecord(row);
}

/** The remote with this internal id, or undefined. */
export async function readRemoteById(
  knex: Knex,
  id: number,
): Promise<RemoteRecord | undefined> {
  const row = await knex<DbRemoteRow>('remote').where({ id }).first();
  return row && toRemoteRecord(row);
}

/** One page of remotes, newest first. */
export async function listRemotes(
  knex: Knex,
  filters: ListQuery,
  visible: Visibility,
): Promise<RowPage<RemoteRecord>> {
  const query = knex<DbRemoteRow>('remote');
  whereVisible(query, 'remote.id', visible);
  const page = await listPage<DbRemoteRow>(
    knex,
    query,
    await resolveNamePatterns(knex, 'remote', filters),
    remoteList(knex),
  );
  return { ...page, rows: page.rows.map(toRemoteRecord) };
}

import {
  isDatabaseConflictError,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  REMOTE_SECRETS,
  type ListQuery,
  type RemoteInput,
  type RemotePatch,
} from '@rpmportal/backstage-plugin-rpm-common';
import { isDeepStrictEqual } from 'util';
import type { Knex } from 'knex';
import type { ReadOptions } from '../database/lock';
import * as operations from '../database/operations/remotes';
import type { RowPage } from '../database/pages';
import { prnOf } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { Visibility } from '../permissions/AccessControl';
import type { TaskQueue } from '../tasks';
import { InvalidInputError } from '../validation';
import {
  checkRemoteRules,
  normalizeRemoteUrl,
  type RemotePolicy,
} from './remoteRules';
import type { RemoteRecord, RemoteService, RemoteUpdate } from './types';

const UPDATE_TASK = 'pulpcore.app.tasks.base.ageneral_update';
const DELETE_TASK = 'pulpcore.app.tasks.base.general_delete';

const DEFAULTS = {
  policy: 'immediate',
  tls_validation: true,
  pulp_labels: {},
} as const;

function withoutNulls(
  labels: Record<string, string | null> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).map(([key, value]) => [key, value ?? '']),
  );
}

/** What a record looks like as input, so that a patch can be laid over it. */
function toInput(remote: RemoteRecord): RemoteInput {
  return {
    ...remote.settings,
    ...remote.secrets,
    name: remote.name,
    url: remote.url,
    policy: remote.policy,
    pulp_labels: remote.labels,
    owner: remote.owner ?? null,
    entity: remote.entity ?? null,
  };
}

/** What is stored is compared as it is: the rules may be stricter now than when it was written. */
function fieldsOf(remote: RemoteRecord): operations.RemoteFields {
  const { name, url, policy, labels, settings, secrets, owner, entity } =
    remote;
  return { name, url, policy, labels, settings, secrets, owner, entity };
}

export class DefaultRemoteService implements RemoteService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;
  readonly #policy: RemotePolicy;

  constructor(options: { knex: Knex; tasks: TaskQueue; policy: RemotePolicy }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
    this.#policy = options.policy;
  }

  async list(
    filters: ListQuery,
    options: { visible?: Visibility } = {},
  ): Promise<RowPage<RemoteRecord>> {
    const { visible = 'all' } = options;
    return operations.listRemotes(this.#knex, filters, visible);
  }

  async get(uuid: string): Promise<RemoteRecord> {
    return getRemote(this.#knex, uuid);
  }

  async create(
    input: RemoteInput,
    options: { credentials: BackstageCredentials },
  ): Promise<RemoteRecord> {
    const uuid = await uniqueName(() =>
      operations.insertRemote(
        this.#knex,
        this.#toFields(input),
        actorOf(options.credentials),
      ),
    );
    return this.get(uuid);
  }

  async update(
    uuid: string,
    patch: RemotePatch,
    options: { credentials: BackstageCredentials; replace: boolean },
  ): Promise<RemoteUpdate> {
    const { before, task } = await uniqueName(() =>
      this.#knex.transaction(async trx => {
        const stored = await getRemote(trx, uuid, { lock: true });
        const base: RemoteInput = options.replace
          ? { name: stored.name, url: stored.url }
          : toInput(stored);
        const fields = this.#toFields({ ...base, ...patch });
        if (isDeepStrictEqual(fields, fieldsOf(stored))) {
          return { before: stored };
        }
        await operations.updateRemote(trx, stored.id, fields);
        return {
          before: stored,
          task: await this.#record(trx, UPDATE_TASK, uuid, options.credentials),
        };
      }),
    );
    return { remote: task ? await this.get(uuid) : before, task };
  }

  async delete(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<string> {
    return this.#knex.transaction(async trx => {
      const { id } = await getRemote(trx, uuid, { lock: true });
      await operations.deleteRemote(trx, id);
      return this.#record(trx, DELETE_TASK, uuid, options.credentials);
    });
  }

  /**
   * Changes of a remote wait for nothing: a sync that runs has read the settings it works with. So
   * they are made at once and the task is only their record, which also keeps secrets out of it.
   */
  #record(
    trx: Knex.Transaction,
    name: string,
    uuid: string,
    credentials: BackstageCredentials,
  ): Promise<string> {
    return this.#tasks.record(trx, {
      name,
      input: null,
      reservations: { exclusive: [prnOf('remote', uuid)] },
      createdBy: actorOf(credentials),
    });
  }

  /** @throws InvalidInputError */
  #toFields(input: RemoteInput): operations.RemoteFields {
    checkRemoteRules(input, this.#policy);
    const {
      name,
      url,
      policy = DEFAULTS.policy,
      pulp_labels: labels,
      owner,
      entity,
      tls_validation: tlsValidation = DEFAULTS.tls_validation,
      ...rest
    } = input;
    const settings = { ...rest, tls_validation: tlsValidation };
    const secrets: RemoteRecord['secrets'] = {};
    for (const secret of REMOTE_SECRETS) {
      if (settings[secret]) secrets[secret] = settings[secret];
      delete settings[secret];
    }
    return {
      name,
      url: normalizeRemoteUrl(url, this.#policy),
      policy,
      labels: withoutNulls(labels),
      settings: Object.fromEntries(
        Object.entries(settings).filter(([, value]) => value !== null),
      ),
      secrets,
      owner: owner ?? undefined,
      entity: entity ?? undefined,
    };
  }
}

/** @throws NotFoundError */
async function getRemote(
  knex: Knex,
  uuid: string,
  options?: ReadOptions,
): Promise<RemoteRecord> {
  const remote = await operations.readRemote(knex, uuid, options);
  if (!remote) {
    throw new NotFoundError('No RpmRemote matches the given query.');
  }
  return remote;
}

/** Names are unique; the database decides, so that two callers at once cannot both win. */
async function uniqueName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDatabaseConflictError(error)) throw error;
    throw InvalidInputError.field('name', 'This field must be unique.');
  }
}

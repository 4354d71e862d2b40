import {
  isDatabaseConflictError,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  DistributionInput,
  DistributionPatch,
  ListQuery,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'util';
import type { ReadOptions } from '../database/lock';
import * as operations from '../database/operations/distributions';
import type { RowPage } from '../database/pages';
import { hrefOf, prnOf, versionHrefOf } from '../identifiers';
import { actorOf } from '../identity/actor';
import type { Visibility } from '../permissions/AccessControl';
import type { TaskQueue } from '../tasks';
import { InvalidInputError } from '../validation';
import { checkBasePath, checkTargets, pathsOverlap } from './distributionRules';
import { resolveTargets } from './resolveTargets';
import type {
  DistributionFields,
  DistributionRecord,
  DistributionService,
  DistributionUpdate,
} from './types';

const CREATE_TASK = 'pulpcore.app.tasks.base.general_create';
const UPDATE_TASK = 'pulpcore.app.tasks.base.ageneral_update';
const DELETE_TASK = 'pulpcore.app.tasks.base.general_delete';

/** What a record looks like as input, so that a patch can be laid over it. */
function toInput(distribution: DistributionRecord): DistributionInput {
  const { repositoryUuid, version, publicationUuid } = distribution;
  return {
    name: distribution.name,
    base_path: distribution.basePath,
    repository: repositoryUuid ? hrefOf('repository', repositoryUuid) : null,
    repository_version: version
      ? versionHrefOf(version.repositoryUuid, version.number)
      : null,
    publication: publicationUuid
      ? hrefOf('publication', publicationUuid)
      : null,
    checkpoint: distribution.checkpoint,
    hidden: distribution.hidden,
    generate_repo_config: distribution.generateRepoConfig,
    pulp_labels: distribution.labels,
  };
}

function fieldsOf(distribution: DistributionRecord): DistributionFields {
  return {
    name: distribution.name,
    basePath: distribution.basePath,
    repositoryId: distribution.repositoryId,
    versionId: distribution.versionId,
    publicationId: distribution.publicationId,
    checkpoint: distribution.checkpoint,
    hidden: distribution.hidden,
    generateRepoConfig: distribution.generateRepoConfig,
    labels: distribution.labels,
  };
}

/**
 * Changes are made at once, in one transaction that no other change of base paths overlaps; the task
 * of the answer is their record.
 */
export class DefaultDistributionService implements DistributionService {
  readonly #knex: Knex;
  readonly #tasks: TaskQueue;

  constructor(options: { knex: Knex; tasks: TaskQueue }) {
    this.#knex = options.knex;
    this.#tasks = options.tasks;
  }

  async list(
    filters: ListQuery,
    options: { visible?: Visibility } = {},
  ): Promise<RowPage<DistributionRecord>> {
    const { visible = 'all' } = options;
    return operations.listDistributions(this.#knex, filters, visible);
  }

  async get(uuid: string): Promise<DistributionRecord> {
    return getDistribution(this.#knex, uuid);
  }

  async create(
    input: DistributionInput,
    options: { credentials: BackstageCredentials },
  ): Promise<string> {
    return this.#change(async trx => {
      const fields = await toFields(trx, input);
      await checkOverlap(trx, fields.basePath);
      const createdBy = actorOf(options.credentials);
      const uuid = await operations.insertDistribution(trx, fields, createdBy);
      return this.#record(trx, CREATE_TASK, uuid, options.credentials);
    });
  }

  async update(
    uuid: string,
    patch: DistributionPatch,
    options: { credentials: BackstageCredentials; replace: boolean },
  ): Promise<DistributionUpdate> {
    const { before, task } = await this.#change(async trx => {
      const stored = await getDistribution(trx, uuid, { lock: true });
      const base: DistributionInput = options.replace
        ? { name: stored.name, base_path: stored.basePath }
        : toInput(stored);
      const fields = await toFields(trx, { ...base, ...patch });
      if (isDeepStrictEqual(fields, fieldsOf(stored))) {
        return { before: stored };
      }
      await checkOverlap(trx, fields.basePath, stored.id);
      await operations.updateDistribution(trx, stored.id, fields);
      return {
        before: stored,
        task: await this.#record(trx, UPDATE_TASK, uuid, options.credentials),
      };
    });
    return { distribution: task ? await this.get(uuid) : before, task };
  }

  async delete(
    uuid: string,
    options: { credentials: BackstageCredentials },
  ): Promise<string> {
    return this.#knex.transaction(async trx => {
      const { id } = await getDistribution(trx, uuid, { lock: true });
      await operations.deleteDistribution(trx, id);
      return this.#record(trx, DELETE_TASK, uuid, options.credentials);
    });
  }

  #record(
    trx: Knex.Transaction,
    name: string,
    uuid: string,
    credentials: BackstageCredentials,
  ): Promise<string> {
    return this.#tasks.record(
      trx,
      {
        name,
        input: null,
        reservations: { exclusive: [prnOf('distribution', uuid)] },
        createdBy: actorOf(credentials),
      },
      {
        createdResources:
          name === CREATE_TASK ? [hrefOf('distribution', uuid)] : [],
      },
    );
  }

  /** @throws InvalidInputError when the name is taken */
  async #change<T>(write: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.#knex.transaction(async trx => {
        await operations.lockBasePaths(trx);
        return write(trx);
      });
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw InvalidInputError.field('name', 'This field must be unique.');
    }
  }
}

/** @throws NotFoundError */
async function getDistribution(
  knex: Knex,
  uuid: string,
  options?: ReadOptions,
): Promise<DistributionRecord> {
  const distribution = await operations.readDistribution(knex, uuid, options);
  if (!distribution) {
    throw new NotFoundError('No RpmDistribution matches the given query.');
  }
  return distribution;
}

/** @throws InvalidInputError */
async function toFields(
  knex: Knex,
  input: DistributionInput,
): Promise<DistributionFields> {
  checkBasePath(input.base_path);
  checkTargets(input);
  const labels = Object.entries(input.pulp_labels ?? {});
  return {
    name: input.name,
    basePath: input.base_path,
    ...(await resolveTargets(knex, input)),
    checkpoint: input.checkpoint ?? false,
    hidden: input.hidden ?? false,
    generateRepoConfig: input.generate_repo_config ?? false,
    labels: Object.fromEntries(
      labels.map(([key, value]) => [key, value ?? '']),
    ),
  };
}

/**
 * @param id - of the distribution that has the path already
 * @throws InvalidInputError when another distribution's base path contains it or is in it
 */
async function checkOverlap(
  trx: Knex.Transaction,
  basePath: string,
  id?: number,
): Promise<void> {
  const others = await operations.readBasePaths(trx, id);
  const other = others.find(({ base_path: path }) =>
    pathsOverlap(path, basePath),
  );
  if (!other) return;
  throw InvalidInputError.field(
    'base_path',
    other.base_path === basePath
      ? 'This field must be unique.'
      : `Overlaps with existing distribution '${other.name}'`,
  );
}

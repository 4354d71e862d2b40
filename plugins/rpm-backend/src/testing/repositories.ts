import type { Knex } from 'knex';
import {
  BARE_REPOSITORY,
  insertRepository,
  readRepository,
} from '../database/operations/repositories';
import {
  applyVersionPlan,
  readLatestVersion,
} from '../database/operations/versions';
import type { RepositoryRecord } from '../repository/types';
import type { VersionRecord } from '../repository/versionTypes';

/** An empty repository, straight in the database. */
export async function insertTestRepository(
  knex: Knex,
  name: string,
): Promise<RepositoryRecord> {
  const uuid = await knex.transaction(trx =>
    insertRepository(trx, { ...BARE_REPOSITORY, name }, undefined),
  );
  return (await readRepository(knex, uuid))!;
}

/** A further version, straight in the database: as given, no rules applied. */
export async function insertTestVersion(
  knex: Knex,
  repositoryId: number,
  { add = [], remove = [] }: { add?: number[]; remove?: number[] },
): Promise<VersionRecord> {
  const latest = (await readLatestVersion(knex, repositoryId))!;
  return knex.transaction(trx =>
    applyVersionPlan(
      trx,
      {
        repositoryId,
        baseVersionId: undefined,
        latestVersionId: latest.id,
        added: add,
        rejected: [],
        kept: [],
        advisoryDecisions: [],
        mergedAdvisories: [],
        pathOverlaps: [],
        modularLosses: [],
        removed: remove.map(unitId => ({
          unitId,
          reason: { kind: 'requested' },
        })),
      },
      { createdBy: undefined, reason: undefined, inputs: {} },
    ),
  );
}

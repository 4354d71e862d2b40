import type { Knex } from 'knex';
import {
  readCheckpointAt,
  readPublication,
} from '../../database/operations/publications';
import {
  readVersion,
  readVersionById,
  resolveVersion,
} from '../../database/operations/versions';
import { parseReference } from '../../identifiers';
import type { PublicationRecord } from '../../publish';
import type { RepositoryRecord, VersionRecord } from '../../repository';
import { InvalidInputError } from '../../validation';
import { parseStamp } from '../stamps';
import type { RollbackInput } from './types';

/** The version to go back to, and the checkpoint by which it was named. */
export interface RollbackTarget {
  version: VersionRecord;
  checkpoint: PublicationRecord | undefined;
}

const ONE_OF = "Either the 'version' or 'checkpoint' need to be specified";

/** @throws InvalidInputError when the input names no version or checkpoint of the repository */
export async function findTarget(
  knex: Knex,
  repository: RepositoryRecord,
  { version, checkpoint }: Pick<RollbackInput, 'version' | 'checkpoint'>,
): Promise<RollbackTarget> {
  if (version === undefined && checkpoint === undefined) {
    throw InvalidInputError.general(`${ONE_OF}.`);
  }
  if (version !== undefined && checkpoint !== undefined) {
    throw InvalidInputError.general(`${ONE_OF} but not both.`);
  }
  return checkpoint === undefined
    ? {
        version: await findVersion(knex, repository, version!),
        checkpoint: undefined,
      }
    : findByCheckpoint(knex, repository, checkpoint);
}

async function findVersion(
  knex: Knex,
  repository: RepositoryRecord,
  reference: number | string,
): Promise<VersionRecord> {
  const isNumber = /^\d{1,9}$/.test(String(reference));
  const version = isNumber
    ? await readVersion(knex, repository.uuid, Number(reference))
    : await resolveVersion(knex, String(reference));
  if (
    version?.repositoryId !== repository.id ||
    (!isNumber && parseReference(String(reference))?.kind !== 'version')
  ) {
    throw InvalidInputError.field(
      'version',
      `The repository has no version ${reference}.`,
    );
  }
  return version;
}

async function findByCheckpoint(
  knex: Knex,
  repository: RepositoryRecord,
  name: string,
): Promise<RollbackTarget> {
  const checkpoint = await findCheckpoint(knex, repository, name);
  const version =
    checkpoint && (await readVersionById(knex, checkpoint.version.id));
  if (!version) {
    throw InvalidInputError.field(
      'checkpoint',
      `The repository has no checkpoint ${name}.`,
    );
  }
  return { version, checkpoint };
}

/** A stamp must be a checkpoint's own: going back to another time than asked for helps nobody. */
async function findCheckpoint(
  knex: Knex,
  repository: RepositoryRecord,
  name: string,
): Promise<PublicationRecord | undefined> {
  if (parseStamp(name)) {
    const newest = await readCheckpointAt(knex, repository.id, name);
    return newest?.checkpointStamp === name ? newest : undefined;
  }
  const reference = parseReference(name);
  if (reference?.kind !== 'publication') return undefined;
  const publication = await readPublication(knex, reference.uuid);
  return publication?.checkpoint && publication.repositoryId === repository.id
    ? publication
    : undefined;
}

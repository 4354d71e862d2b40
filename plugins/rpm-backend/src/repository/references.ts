import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { ReadOptions } from '../database/lock';
import { readRemote } from '../database/operations/remotes';
import { resolveUnits, unitHrefs } from '../database/operations/content-units';
import { readRepository } from '../database/operations/repositories';
import {
  listHiddenUnits,
  readVersion,
  resolveVersion,
} from '../database/operations/versions';
import { parseReference } from '../identifiers';
import type { Visibility } from '../permissions/AccessControl';
import { InvalidInputError } from '../validation';
import type { RepositoryRecord } from './types';
import type { VersionRecord } from './versionTypes';

const MISSING_LINK = 'Invalid hyperlink - Object does not exist.';

/**
 * @returns the remote's internal id; undefined for no reference
 * @throws InvalidInputError
 */
export async function resolveRemote(
  knex: Knex,
  reference: string | null | undefined,
): Promise<number | undefined> {
  if (!reference) return undefined;
  const parsed = parseReference(reference);
  const remote =
    parsed?.kind === 'remote' ? await readRemote(knex, parsed.uuid) : undefined;
  if (!remote) throw InvalidInputError.field('remote', MISSING_LINK);
  return remote.id;
}

/** What is told of a version that is not there, and of one that the caller may not see. */
export function versionNotFound(
  field: string,
  reference: string,
): InvalidInputError {
  return InvalidInputError.field(
    field,
    `URI ${reference} not found for repositoryversion.`,
  );
}

/**
 * @param field - of the input, to be named when there is no such version
 * @throws InvalidInputError
 */
export async function requireVersion(
  knex: Knex,
  field: string,
  reference: string,
): Promise<VersionRecord> {
  const kind = parseReference(reference)?.kind;
  const version =
    kind === 'version' ? await resolveVersion(knex, reference) : undefined;
  if (version) return version;
  throw kind === 'version'
    ? versionNotFound(field, reference)
    : InvalidInputError.field(field, `URI not valid: ${reference}.`);
}

/**
 * @param lists - references to units, in any number of lists
 * @returns the units' internal ids, list by list
 * @throws InvalidInputError with all references that lead nowhere
 */
export async function requireUnits(
  knex: Knex,
  ...lists: (readonly string[])[]
): Promise<number[][]> {
  const resolved = await Promise.all(
    lists.map(references => resolveUnits(knex, references)),
  );
  const unknown = new Set(resolved.flatMap(list => list.unknown));
  if (unknown.size) throw unknownUnits(unknown);
  return resolved.map(list => list.ids);
}

function unknownUnits(references: Iterable<string>): InvalidInputError {
  const names = [...references].map(name => `'${name}'`).join(', ');
  return InvalidInputError.message(
    `Could not find the following content units: [${names}]`,
  );
}

/**
 * Checks that a caller may see units that they refer to; what leads nowhere is left to others.
 *
 * @throws InvalidInputError as if the others did not exist
 */
export async function requireVisibleUnits(
  knex: Knex,
  references: readonly string[],
  visible: Visibility,
): Promise<void> {
  if (visible === 'all') return;
  const { ids } = await resolveUnits(knex, references);
  const concealed = await listHiddenUnits(knex, ids, visible);
  if (concealed.length) {
    throw unknownUnits((await unitHrefs(knex, concealed)).values());
  }
}

/** @throws NotFoundError */
export async function getRepository(
  knex: Knex,
  uuid: string,
  options?: ReadOptions,
): Promise<RepositoryRecord> {
  const repository = await readRepository(knex, uuid, options);
  if (!repository) {
    throw new NotFoundError('No RpmRepository matches the given query.');
  }
  return repository;
}

/** @throws NotFoundError */
export async function getVersion(
  knex: Knex,
  repositoryUuid: string,
  number: number,
): Promise<VersionRecord> {
  const version = await readVersion(knex, repositoryUuid, number);
  if (!version) {
    throw new NotFoundError('No RepositoryVersion matches the given query.');
  }
  return version;
}

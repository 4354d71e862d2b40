import type { CopyEntry } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readRepository } from '../database/operations/repositories';
import { readVersion, resolveVersion } from '../database/operations/versions';
import { parseReference } from '../identifiers';
import {
  requireUnits,
  type RepositoryRecord,
  type VersionRecord,
} from '../repository';
import { InvalidInputError } from '../validation';

/** One pair of a copy with its references looked up. */
export interface ResolvedEntry {
  source: VersionRecord;
  destination: RepositoryRecord;
  /** What the new version starts from, when not from the latest one. */
  base: VersionRecord | undefined;
  /** Unit ids; everything in the source when undefined. */
  content: number[] | undefined;
}

/** What is told of a reference that leads nowhere, or that the caller may not follow. */
export function notFound(
  reference: string,
  kind: 'rpmrepository' | 'repositoryversion',
): InvalidInputError {
  return InvalidInputError.message(`URI ${reference} not found for ${kind}.`);
}

/**
 * Looks up what the entries of a copy name.
 *
 * @throws InvalidInputError naming what does not exist, or a destination that is to start from two
 *   different versions
 */
export async function resolveCopy(
  knex: Knex,
  entries: readonly CopyEntry[],
): Promise<ResolvedEntry[]> {
  const contents = await requireUnits(
    knex,
    ...entries.map(({ content }) => content ?? []),
  );
  const resolved: ResolvedEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const destination = await requireDestination(knex, entry.dest_repo);
    resolved.push({
      source: await requireSource(knex, entry.source_repo_version),
      destination,
      base: await requireBase(knex, destination, entry.dest_base_version),
      content: entry.content ? contents[index] : undefined,
    });
  }
  requireOneBase(resolved);
  return resolved;
}

async function requireSource(
  knex: Knex,
  reference: string,
): Promise<VersionRecord> {
  const isVersion = parseReference(reference)?.kind === 'version';
  const version = isVersion ? await resolveVersion(knex, reference) : undefined;
  if (!version) throw notFound(reference, 'repositoryversion');
  return version;
}

async function requireDestination(
  knex: Knex,
  reference: string,
): Promise<RepositoryRecord> {
  const parsed = parseReference(reference);
  const repository =
    parsed?.kind === 'repository'
      ? await readRepository(knex, parsed.uuid)
      : undefined;
  if (!repository) throw notFound(reference, 'rpmrepository');
  return repository;
}

async function requireBase(
  knex: Knex,
  { uuid, name }: RepositoryRecord,
  number: number | undefined,
): Promise<VersionRecord | undefined> {
  if (number === undefined) return undefined;
  const version = await readVersion(knex, uuid, number);
  if (!version) {
    throw InvalidInputError.message(
      `Version ${number} does not exist for repository '${name}'.`,
    );
  }
  return version;
}

/** A copy makes one version of each destination, so it can start from one version only. */
function requireOneBase(entries: readonly ResolvedEntry[]): void {
  const bases = new Map<number, VersionRecord | undefined>();
  for (const { destination, base } of entries) {
    if (
      bases.has(destination.id) &&
      bases.get(destination.id)?.id !== base?.id
    ) {
      throw InvalidInputError.message(
        `The entries for repository '${destination.name}' name different base versions.`,
      );
    }
    bases.set(destination.id, base);
  }
}

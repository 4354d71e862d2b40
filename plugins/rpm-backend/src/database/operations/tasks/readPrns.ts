import type { Knex } from 'knex';
import {
  parseReference,
  prnOf,
  versionHrefOf,
  type EntityKind,
} from '../../../identifiers';
import { chunksOf } from '../../chunks';

/** Where what has an href is stored; the other kinds are content units. */
const TABLES: Partial<Record<EntityKind, string>> = {
  repository: 'repository',
  remote: 'remote',
  publication: 'publication',
  distribution: 'distribution',
  task: 'task',
  taskGroup: 'task_group',
  artifact: 'artifact',
  upload: 'upload',
};

/**
 * The PRNs of what hrefs name, as far as it is there. Takes a few statements, whose number grows
 * with the kinds of what is named.
 *
 * @returns by href; what is deleted or named by nothing has none
 */
export async function readPrns(
  knex: Knex,
  hrefs: readonly string[],
): Promise<Map<string, string>> {
  const versions: { repositoryUuid: string; number: number }[] = [];
  const entities = new Map<string, { href: string; uuid: string }[]>();
  const prns = new Map<string, string>();
  for (const href of new Set(hrefs)) {
    const reference = parseReference(href);
    if (!reference) continue;
    if (!('uuid' in reference)) {
      versions.push(reference);
    } else if (reference.kind !== 'version') {
      const table = TABLES[reference.kind] ?? 'unit';
      const named = entities.get(table) ?? [];
      named.push({ href, uuid: reference.uuid });
      entities.set(table, named);
      prns.set(href, prnOf(reference.kind, reference.uuid));
    }
  }
  for (const [table, named] of entities) {
    for (const { href } of await findMissing(knex, table, named)) {
      prns.delete(href);
    }
  }
  for (const [href, prn] of await readVersionPrns(knex, versions)) {
    prns.set(href, prn);
  }
  return prns;
}

async function findMissing<T extends { uuid: string }>(
  knex: Knex,
  table: string,
  named: readonly T[],
): Promise<T[]> {
  const there = new Set<string>();
  for (const chunk of chunksOf(named.map(({ uuid }) => uuid))) {
    const rows = await knex(table).select('uuid').whereIn('uuid', chunk);
    for (const { uuid } of rows) there.add(uuid);
  }
  return named.filter(({ uuid }) => !there.has(uuid));
}

async function readVersionPrns(
  knex: Knex,
  versions: readonly { repositoryUuid: string; number: number }[],
): Promise<Map<string, string>> {
  const prns = new Map<string, string>();
  for (const chunk of chunksOf(versions)) {
    const rows: { uuid: string; number: number; repository: string }[] =
      await knex('repository_version as version')
        .join('repository', 'repository.id', 'version.repository_id')
        .select('version.uuid', 'version.number', {
          repository: 'repository.uuid',
        })
        .whereIn(
          ['repository.uuid', 'version.number'],
          chunk.map(({ repositoryUuid, number }) => [repositoryUuid, number]),
        );
    for (const { uuid, number, repository } of rows) {
      prns.set(versionHrefOf(repository, number), prnOf('version', uuid));
    }
  }
  return prns;
}

import type { Knex } from 'knex';
import { parseReference, prnOf, versionHrefOf } from '../../../identifiers';
import { chunksOf } from '../../chunks';

/**
 * The PRNs of what hrefs name. Those of versions have to be looked up; deleted ones have none.
 *
 * @returns by href
 */
export async function readPrns(
  knex: Knex,
  hrefs: readonly string[],
): Promise<Map<string, string>> {
  const prns = new Map<string, string>();
  const versions: { repositoryUuid: string; number: number }[] = [];
  for (const href of new Set(hrefs)) {
    const reference = parseReference(href);
    if (reference && 'uuid' in reference) {
      prns.set(href, prnOf(reference.kind, reference.uuid));
    } else if (reference) {
      versions.push(reference);
    }
  }
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

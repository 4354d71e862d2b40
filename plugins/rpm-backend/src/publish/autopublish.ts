import type { Knex } from 'knex';
import { readRepositoryById } from '../database/operations/repositories';
import { hrefOf } from '../identifiers';
import type { VersionHook } from '../repository/VersionHooks';
import type { VersionPublisher } from './types';

/** Publishes each new version of repositories that say so, inside the task that made it. */
export function autopublish(options: {
  knex: Knex;
  publisher: VersionPublisher;
}): VersionHook {
  return async (context, version) => {
    const repository = await readRepositoryById(
      options.knex,
      version.repositoryId,
    );
    if (!repository?.autopublish) return [];
    const { uuid } = await options.publisher.publishVersion(context, version);
    return [hrefOf('publication', uuid)];
  };
}

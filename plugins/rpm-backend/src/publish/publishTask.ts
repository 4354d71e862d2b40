import type { Knex } from 'knex';
import { readVersionById } from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import { TaskError, type TaskHandler } from '../tasks';
import type { Publisher } from './Publisher';
import type { PublicationOptions } from './types';

/** Pulp's name of the task. */
export const PUBLISH_TASK = 'pulp_rpm.app.tasks.publishing.publish';

export interface PublishTaskInput extends PublicationOptions {
  versionId: number;
  checkpoint: boolean;
}

export function publishHandler(options: {
  knex: Knex;
  publisher: Publisher;
}): TaskHandler {
  return async (context, { versionId, ...request }: PublishTaskInput) => {
    const version = await readVersionById(options.knex, versionId);
    if (!version) {
      throw new TaskError(
        'PLP0012',
        'The repository version to publish does not exist any more.',
      );
    }
    await options.publisher.publish(
      context,
      version,
      request,
      (trx, publication) =>
        context.commit(trx, {
          createdResources: [hrefOf('publication', publication.uuid)],
        }),
    );
  };
}

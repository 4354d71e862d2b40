import { hrefOf } from '../../identifiers';
import type { VersionPublisher } from '../../publish';
import type { VersionMaker } from '../../repository';
import type { TaskHandler, TaskOutcome } from '../../tasks/types';

export const ROLLBACK_TASK = 'rpm.rollback';

export interface RollbackTaskInput {
  repositoryId: number;
  versionId: number;
  reason: string;
  publish: boolean;
  inputs: Record<string, unknown>;
}

/**
 * Makes the version and publishes what is then the latest: also when nothing changed, for then it
 * is what clients are to get.
 */
export function rollbackHandler(options: {
  maker: VersionMaker;
  publisher: VersionPublisher;
}): TaskHandler {
  const { maker, publisher } = options;
  return async (context, input: RollbackTaskInput) => {
    const { made, outcome } = await maker.make(context, {
      repositoryId: input.repositoryId,
      baseVersionId: input.versionId,
      add: [],
      remove: [],
      createdBy: context.createdBy,
      reason: input.reason,
      inputs: input.inputs,
    });
    if (!input.publish) return;
    await publisher.publishVersion(context, made.version, {
      commit: (trx, publication) =>
        context.commit(
          trx,
          withPublication(outcome, hrefOf('publication', publication.uuid)),
        ),
    });
  };
}

function withPublication(outcome: TaskOutcome, href: string): TaskOutcome {
  return {
    // The one that autopublish has made stands there already.
    createdResources: [...new Set(outcome.createdResources).add(href)],
    result: { ...(outcome.result as object), publication: href },
  };
}

import type { Knex } from 'knex';
import { prnOf } from '../../identifiers';
import { unitHrefs } from '../../database/operations/content-units';
import type { TaskHandler } from '../../tasks';
import type { TaskSpec } from '../../tasks/types';
import { hrefOfVersion } from '../describeOutcome';
import type { RepositoryRecord } from '../types';
import type { VersionMaker } from '../VersionMaker';
import type { NewVersionRequest, VersionRecord } from '../versionTypes';

/** Pulp's name of the task. */
export const MODIFY_TASK = 'pulp_rpm.app.tasks.signing.signed_add_and_remove';

/** As many units as a version's record of its inputs names; all are counted. */
const NAMED = 100;

/** A change of content, and whether only to tell what it would come to. */
type ModifyRequest = Pick<
  NewVersionRequest,
  'add' | 'remove' | 'overwrite' | 'reason'
> & { dryRun: boolean };

type ModifyTaskInput = Omit<NewVersionRequest, 'createdBy'> & {
  dryRun: boolean;
};

/** What a version remembers of the request that made it. */
async function recordInputs(
  knex: Knex,
  input: ModifyRequest,
  base: VersionRecord | undefined,
): Promise<Record<string, unknown>> {
  const hrefs = async (ids: readonly number[]) => [
    ...(await unitHrefs(knex, ids.slice(0, NAMED))).values(),
  ];
  return {
    operation: 'modify',
    add_content_units: await hrefs(input.add),
    add_count: input.add.length,
    remove_content_units:
      input.remove === '*' ? ['*'] : await hrefs(input.remove),
    ...(input.remove === '*' ? {} : { remove_count: input.remove.length }),
    base_version: base ? hrefOfVersion(base) : null,
    overwrite: input.overwrite ?? true,
  };
}

/**
 * The task of a modify call: the repository is reserved for it alone, the repository of the base
 * version against that version's deletion. A dry run reserves both that way, for it writes nothing.
 */
export async function modifyTask(
  knex: Knex,
  repository: RepositoryRecord,
  request: ModifyRequest,
  base: VersionRecord | undefined,
  createdBy: string | undefined,
): Promise<TaskSpec> {
  const written = prnOf('repository', repository.uuid);
  const read = base ? [prnOf('repository', base.repositoryUuid)] : [];
  const input: ModifyTaskInput = {
    ...request,
    repositoryId: repository.id,
    baseVersionId: base?.id,
    inputs: await recordInputs(knex, request, base),
  };
  return {
    name: MODIFY_TASK,
    input,
    reservations: request.dryRun
      ? { shared: [...new Set([written, ...read])] }
      : { exclusive: [written], shared: read },
    createdBy,
  };
}

export function modifyHandler(options: { maker: VersionMaker }): TaskHandler {
  return async (context, { dryRun, ...input }: ModifyTaskInput) => {
    const request = { ...input, createdBy: context.createdBy };
    if (dryRun) return options.maker.preview(request);
    await options.maker.make(context, request);
    return undefined;
  };
}

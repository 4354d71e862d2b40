import type { CompsUnit } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { COMPS_CONTENT_TYPES } from '../../content-units/compsDraft';
import { readArtifact } from '../../database/operations/artifacts';
import { saveComps, unitHrefs } from '../../database/operations/content-units';
import { readRepositoryById } from '../../database/operations/repositories';
import { recordUnitUploader } from '../../database/operations/uploads';
import { iterateUnitIds } from '../../database/operations/versions';
import { prnOf } from '../../identifiers';
import type { RepositoryRecord, VersionMaker } from '../../repository';
import type { ArtifactStorage } from '../../storage';
import { READ_UNITS } from '../../sync/jobs';
import type {
  ReadUnitsInput,
  ReadUnitsOutput,
} from '../../sync/jobs/readUnitsJob';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskContext, TaskSpec } from '../../tasks/types';
import type { WorkerPool } from '../../workers';

/** Pulp's name of the task. */
export const UPLOAD_COMPS_TASK = 'pulp_rpm.app.tasks.comps.upload_comps';

/** Problems of a file that are named in the task's result. */
const NAMED = 100;

interface UploadCompsInput {
  artifactId: number;
  fileName: string;
  /** Undefined: the units become content of no repository. */
  repositoryId?: number;
  replace: boolean;
  reason?: string;
}

interface Services {
  knex: Knex;
  threads: WorkerPool;
  storage: ArtifactStorage;
  maker: VersionMaker;
}

/** The task of an upload of comps: the repository is reserved for it alone. */
export function uploadCompsTask(
  repository: Pick<RepositoryRecord, 'id' | 'uuid'> | undefined,
  input: Omit<UploadCompsInput, 'repositoryId'>,
): Omit<TaskSpec, 'createdBy'> {
  const taskInput: UploadCompsInput = {
    ...input,
    repositoryId: repository?.id,
  };
  return {
    name: UPLOAD_COMPS_TASK,
    input: taskInput,
    reservations: {
      exclusive: repository ? [prnOf('repository', repository.uuid)] : [],
    },
  };
}

export function uploadCompsHandler(services: Services): TaskHandler {
  const { knex, maker } = services;
  return async (context, input: UploadCompsInput) => {
    const { unitIds, problems } = await takeUnits(services, context, input);
    for (const unitId of unitIds) {
      await recordUnitUploader(knex, unitId, context.createdBy);
    }
    const hrefs = await unitHrefs(knex, unitIds);
    const created = unitIds.map(id => hrefs.get(id)!);
    if (input.repositoryId === undefined) {
      return { createdResources: created, result: { problems } };
    }
    await maker.make(
      context,
      {
        repositoryId: input.repositoryId,
        add: unitIds,
        remove: input.replace ? await listComps(knex, input.repositoryId) : [],
        createdBy: context.createdBy,
        reason: input.reason,
        inputs: {
          operation: 'upload comps',
          file: input.fileName,
          replace: input.replace,
        },
      },
      { problems },
      created,
    );
    return undefined;
  };
}

/** Reads the file in a thread and stores its units as they come. */
async function takeUnits(
  { knex, threads, storage }: Services,
  context: TaskContext,
  { artifactId, fileName }: UploadCompsInput,
): Promise<{ unitIds: number[]; problems: string[] }> {
  const artifact = await readArtifact(knex, { id: artifactId });
  if (!artifact) {
    throw new TaskError('PLP0005', 'The uploaded file is not there any more.');
  }
  const unitIds: number[] = [];
  const path = storage.pathOf(artifact);
  let problems: string[];
  try {
    problems = await threads.run<
      ReadUnitsInput,
      ReadUnitsOutput,
      never,
      CompsUnit[]
    >(
      READ_UNITS,
      { kind: 'comps', file: { path, name: fileName, openSize: undefined } },
      {
        signal: context.signal,
        onBatch: async units => {
          unitIds.push(...(await saveComps(knex, units)));
        },
      },
    );
  } catch (error) {
    // Its code is that of a sync.
    if (!(error instanceof TaskError)) throw error;
    throw new TaskError('RPM0000', error.message);
  }
  for (const problem of problems) context.logger.warn(problem);
  return { unitIds, problems: problems.slice(0, NAMED) };
}

/** All groups, categories, environments and langpacks of the latest version. */
async function listComps(knex: Knex, repositoryId: number): Promise<number[]> {
  const repository = await readRepositoryById(knex, repositoryId);
  if (!repository) return [];
  const { number } = repository.latestVersion;
  const unitIds: number[] = [];
  for (const type of Object.values(COMPS_CONTENT_TYPES)) {
    const content = { repositoryId, number };
    for await (const ids of iterateUnitIds(knex, content, type)) {
      unitIds.push(...ids);
    }
  }
  return unitIds;
}

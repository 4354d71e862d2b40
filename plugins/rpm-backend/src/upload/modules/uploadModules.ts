import type { Knex } from 'knex';
import {
  saveModulemdDocuments,
  unitHrefs,
} from '../../database/operations/content-units';
import { prnOf } from '../../identifiers';
import type { RepositoryRecord, VersionMaker } from '../../repository';
import { TaskError, type TaskHandler } from '../../tasks';
import type { TaskContext, TaskSpec } from '../../tasks/types';
import { completeUnit } from '../tasks/createContent';
import type { Destination } from '../types';
import type { ModulesFileReader, StoredModules } from './ModulesFileReader';

export const UPLOAD_MODULES_TASK = 'rpm.modulemd.upload';

interface UploadModulesInput extends StoredModules {
  /** Undefined: the units become content of no repository. */
  repositoryId?: number;
  overwrite: boolean;
  labels: NonNullable<Destination['labels']>;
  reason?: string;
}

/** The task that makes the units of a whole file; the repository is reserved for it alone. */
export function uploadModulesTask(
  repository: Pick<RepositoryRecord, 'id' | 'uuid'> | undefined,
  input: Omit<UploadModulesInput, 'repositoryId'>,
): Omit<TaskSpec, 'createdBy'> {
  const taskInput: UploadModulesInput = {
    ...input,
    repositoryId: repository?.id,
  };
  return {
    name: UPLOAD_MODULES_TASK,
    input: taskInput,
    reservations: {
      exclusive: repository ? [prnOf('repository', repository.uuid)] : [],
    },
  };
}

/** Documents that are here already are found, others are made; the version has all of them. */
export function uploadModulesHandler(services: {
  knex: Knex;
  reader: ModulesFileReader;
  maker: VersionMaker;
}): TaskHandler {
  const { knex, maker } = services;
  return async (context, input: UploadModulesInput) => {
    const { createdBy } = context;
    const { unitIds, createdIds, warnings } = await takeUnits(
      services,
      context,
      input,
    );
    for (const unitId of unitIds) {
      const created = createdIds.has(unitId);
      await completeUnit(knex, { unitId, created }, input.labels, createdBy);
    }
    const hrefs = await unitHrefs(knex, unitIds);
    const resources = unitIds.map(id => hrefs.get(id)!);
    const result = {
      units: unitIds.length,
      units_created: createdIds.size,
      problems: warnings,
    };
    const { repositoryId, overwrite, reason } = input;
    if (repositoryId === undefined) {
      return { createdResources: resources, result };
    }
    const { outcome } = await maker.make(
      context,
      {
        repositoryId,
        add: unitIds,
        remove: [],
        overwrite,
        createdBy,
        reason,
        inputs: {
          operation: 'upload modules',
          file: input.fileName,
          overwrite,
        },
      },
      result,
      resources,
    );
    return outcome;
  };
}

/**
 * Stores the units as they are read. They mean nothing until somebody is told of them, which
 * happens when the whole file is right.
 */
async function takeUnits(
  { knex, reader }: { knex: Knex; reader: ModulesFileReader },
  { signal, logger }: TaskContext,
  file: StoredModules,
): Promise<{
  unitIds: number[];
  createdIds: Set<number>;
  warnings: string[];
}> {
  const unitIds: number[] = [];
  const createdIds = new Set<number>();
  const { problems, warnings } = await reader.read(file, {
    signal,
    onDocuments: async documents => {
      const saved = await saveModulemdDocuments(knex, documents, createdIds);
      unitIds.push(...saved);
    },
  });
  // The caller has been told before, unless this is an older or newer replica than that one.
  if (problems.length) throw new TaskError('RPM0000', problems.join(' '));
  for (const warning of warnings) logger.warn(warning);
  return { unitIds, createdIds, warnings };
}

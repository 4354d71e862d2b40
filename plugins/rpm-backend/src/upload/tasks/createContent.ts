import type { Knex } from 'knex';
import {
  unitHrefs,
  updateUnitLabels,
} from '../../database/operations/content-units';
import { recordUnitUploader } from '../../database/operations/uploads';
import { prnOf, type ContentType } from '../../identifiers';
import type { RepositoryRecord, VersionMaker } from '../../repository';
import type { OrphanStorage } from '../../storage/types';
import type { TaskHandler, TaskSpec } from '../../tasks/types';
import { discardOnFailure } from '../discardOnFailure';
import type {
  CreatedUnit,
  Destination,
  UnitCreator,
  UnitInput,
} from '../types';

/** Pulp's name of the task that creates content, of whatever type. */
export const CREATE_CONTENT_TASK = 'pulpcore.app.tasks.base.general_create';

/** How units of the content types are made, for those that can be uploaded. */
export type UnitCreators = Partial<Record<ContentType, UnitCreator>>;

interface CreateContentInput {
  type: ContentType;
  unit: UnitInput;
  labels: NonNullable<Destination['labels']>;
  destination:
    | { repositoryId: number; overwrite: boolean; reason: string | undefined }
    | undefined;
}

/** The task that makes a unit and, with a repository, reserves that for itself and adds the unit. */
export function createContentTask(options: {
  type: ContentType;
  unit: UnitInput;
  destination: Omit<Destination, 'repository'>;
  repository: RepositoryRecord | undefined;
  createdBy: string | undefined;
  loggingCid: string | undefined;
}): TaskSpec {
  const { type, unit, destination, repository, createdBy, loggingCid } =
    options;
  const input: CreateContentInput = {
    type,
    unit,
    labels: destination.labels ?? {},
    destination: repository && {
      repositoryId: repository.id,
      overwrite: destination.overwrite ?? true,
      reason: destination.reason,
    },
  };
  return {
    name: CREATE_CONTENT_TASK,
    input,
    reservations: {
      exclusive: repository ? [prnOf('repository', repository.uuid)] : [],
    },
    createdBy,
    loggingCid,
  };
}

/** What stands in a unit's record besides its content: labels when it is new, and who brought it. */
export async function completeUnit(
  knex: Knex,
  { unitId, created }: CreatedUnit,
  labels: NonNullable<Destination['labels']>,
  user: string | undefined,
): Promise<void> {
  const texts = Object.entries(labels).map(([key, text]) => [key, text ?? '']);
  if (created && texts.length) {
    await updateUnitLabels(knex, unitId, Object.fromEntries(texts));
  }
  await recordUnitUploader(knex, unitId, user);
}

/**
 * Makes the unit, then, with a repository, the version that has it. The unit's href is in the task's
 * result, and last among what it created, whether or not the unit was there already.
 */
export function createContentHandler(options: {
  knex: Knex;
  storage: OrphanStorage;
  maker: VersionMaker;
  creators: UnitCreators;
}): TaskHandler {
  const { knex, maker, creators } = options;
  return async (context, input: CreateContentInput) => {
    const { type, unit, labels, destination } = input;
    const { createdBy } = context;
    const made = await discardOnFailure(options, unit.artifactId, () =>
      creators[type]!(context, unit),
    );
    await completeUnit(knex, made, labels, createdBy);
    const [href] = (await unitHrefs(knex, [made.unitId])).values();
    const result = { pulp_href: href, unit_created: made.created };
    if (!destination) return { createdResources: [href], result };

    const { repositoryId, overwrite, reason } = destination;
    const request = {
      repositoryId,
      add: [made.unitId],
      remove: [],
      overwrite,
      reason,
      createdBy,
      inputs: { operation: 'upload', content_unit: href, overwrite },
    };
    const { outcome } = await maker.make(context, request, result, [href]);
    return outcome;
  };
}

import type { Knex } from 'knex';
import { readUnitLabels } from '../database/operations/versions';
import { hrefOf, versionHrefOf } from '../identifiers';
import type { TaskOutcome } from '../tasks/types';
import type {
  RemovalReason,
  VersionOutcome,
  VersionRecord,
} from './versionTypes';

/** As many consequences as a task's result names; all are counted. */
const NAMED = 100;

/** A unit that left, or did not come, although nobody asked for just that. */
interface Consequence {
  unitId: number;
  reason: Exclude<RemovalReason, { kind: 'requested' | 'base' }>;
}

function causeOf(reason: Consequence['reason']): number | undefined {
  switch (reason.kind) {
    case 'replaced':
      return reason.byUnitId;
    case 'module-removed':
      return reason.modulemdId;
    case 'advisory':
      return reason.keptUnitId;
    default:
      return undefined;
  }
}

function consequencesOf({ plan }: VersionOutcome): Consequence[] {
  return [...plan.removed, ...plan.rejected].flatMap(({ unitId, reason }) =>
    reason.kind === 'requested' || reason.kind === 'base'
      ? []
      : [{ unitId, reason }],
  );
}

/** `<repository href>versions/<number>/` */
export function hrefOfVersion(
  version: Pick<VersionRecord, 'repositoryUuid' | 'number'>,
): string {
  return versionHrefOf(version.repositoryUuid, version.number);
}

/**
 * What a task tells of the version that it made, or did not make because nothing would change:
 * outcome, href, counts, and each unit that was replaced or left for another reason than having
 * been asked to.
 */
export async function describeOutcome(
  knex: Knex,
  outcome: VersionOutcome,
): Promise<Required<TaskOutcome>> {
  const { version } = outcome;
  const created = outcome.outcome === 'created';
  const consequences = consequencesOf(outcome);
  const named = consequences.slice(0, NAMED);
  const labels = new Map(
    (
      await readUnitLabels(knex, [
        ...new Set(
          named.flatMap(({ unitId, reason }) => [
            unitId,
            ...[causeOf(reason) ?? []].flat(),
          ]),
        ),
      ])
    ).map(unit => [
      unit.id,
      { pulp_href: hrefOf(unit.type, unit.uuid), label: unit.label },
    ]),
  );
  return {
    createdResources: created ? [hrefOfVersion(version)] : [],
    result: {
      outcome: outcome.outcome,
      version: hrefOfVersion(version),
      number: version.number,
      counts: created
        ? version.counts
        : { added: {}, removed: {}, present: version.counts.present },
      consequence_count: consequences.length,
      consequences: named.map(({ unitId, reason }) => ({
        ...labels.get(unitId),
        reason: reason.kind,
        because_of: labels.get(causeOf(reason) ?? NaN) ?? null,
      })),
    },
  };
}

import type { PlanUnit } from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import type { PartSlice } from '../database/operations/plans';
import { hrefOf } from '../identifiers';
import { unpackPart } from './parts';
import type { StoredChange, StoredUnit } from './planUnits';
import { unitsIn, type PlanRecord, type PlanSection } from './types';
import { UnitNames } from './UnitNames';

/** What a page of a plan's units shows. */
export async function presentUnits(
  knex: Knex,
  plan: Pick<PlanRecord, 'versions'>,
  slices: readonly PartSlice[],
): Promise<PlanUnit[]> {
  const changes: { section: PlanSection; change: StoredChange }[] = [];
  for (const { part, from, to } of slices) {
    const section = part.section as PlanSection;
    for (const change of (await unpackPart<StoredChange>(part)).slice(
      from,
      to,
    )) {
      changes.push({ section, change });
    }
  }
  const names = await UnitNames.read(
    knex,
    changes.flatMap(({ change: { unit, because, explanation } }) =>
      [unit, because, ...unitsIn(explanation ?? [])].filter(
        each => typeof each === 'number',
      ),
    ),
  );
  return changes.map(({ section, change }) => ({
    ...present(names, change.unit),
    repository: hrefOf(
      'repository',
      plan.versions.base[section.destination]!.repositoryUuid,
    ),
    ...presentSection(section),
    chain:
      section.change === 'added' ? presentChain(names, section, change) : null,
    because_of:
      change.because === undefined ? null : present(names, change.because),
  }));
}

function present(names: UnitNames, unit: StoredUnit) {
  return typeof unit === 'string'
    ? { pulp_href: null, label: unit }
    : { pulp_href: names.href(unit), label: names.label(unit) };
}

function presentSection({
  change,
  cause,
}: PlanSection): Pick<PlanUnit, 'change' | 'cause' | 'reason'> {
  return change === 'added'
    ? { change, cause: cause as PlanUnit['cause'], reason: null }
    : { change, cause: null, reason: cause as PlanUnit['reason'] };
}

/** What the base version brings, or is merged, was not copied for anything. */
function presentChain(
  names: UnitNames,
  { cause }: PlanSection,
  { unit, explanation }: StoredChange,
): string | null {
  if (explanation) return names.chain(explanation);
  return cause === 'requested'
    ? names.chain([{ unitId: unit as number, relation: 'requested' }])
    : null;
}

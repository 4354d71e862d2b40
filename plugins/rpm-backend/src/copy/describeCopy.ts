import type {
  CopyPreview,
  CopyReport,
  NamedUnit,
} from '@rpmportal/backstage-plugin-rpm-common';
import type { Knex } from 'knex';
import { readVersionById } from '../database/operations/versions';
import { hrefOf } from '../identifiers';
import {
  presentMissing,
  UnitNames,
  unitsIn,
  type StoredMissing,
} from '../plan';
import { describeDryRun } from '../repository';
import { TaskError } from '../tasks';
import type { Explanations } from './planning/Explanations';
import { findAbsent } from './planning/findAbsent';
import { findIncompleteModules } from './planning/findIncompleteModules';
import {
  CAUSES,
  type CopyFacts,
  type PlannedUnit,
} from './planning/planDestinations';
import type { PlannedDestination } from './planning/planVersions';
import type { CopyPair } from './planning/prepareCopy';

/** As many of each list as a task's result names; the plan has the rest. */
const NAMED = 100;

/**
 * What a task tells of a copy: why which units come along or do not, and what is missing.
 *
 * @param missing - all that plans tell of
 */
export async function describeCopy(
  knex: Knex,
  planUuid: string,
  pairs: readonly CopyPair[],
  facts: CopyFacts,
  planned: readonly PlannedDestination[],
  missing: readonly StoredMissing[],
  explanations: Explanations,
): Promise<Omit<CopyReport, 'outcome'>> {
  const units = firstAdded(planned).map(unit => ({
    ...unit,
    explanation: explanations.explain(unit.entry, unit.id),
  }));
  const ignored = new Set(
    facts.selections.flatMap(selection => selection.ignored),
  );
  const namedIgnored = [...ignored].slice(0, NAMED);
  const absent = await findAbsent(knex, pairs, facts, planned);
  const namedAbsent = absent.slice(0, NAMED);
  const warnings = facts.unaccompanied.slice(0, NAMED);
  const incomplete = await findIncompleteModules(knex, pairs, facts, planned);
  const namedIncomplete = incomplete.slice(0, NAMED);
  const rivalries = planned.flatMap(destination => destination.rivalries);
  const namedRivalries = rivalries.slice(0, NAMED);
  const names = await UnitNames.read(knex, [
    ...namedIgnored,
    ...namedAbsent.map(({ parentId }) => parentId),
    ...warnings.flatMap(({ packageId, modulemdIds }) => [
      packageId,
      modulemdIds[0],
    ]),
    ...namedIncomplete.map(({ modulemdId }) => modulemdId),
    ...namedRivalries.flatMap(({ keptId, leftOutId }) => [keptId, leftOutId]),
    ...units.flatMap(({ id, explanation }) => [id, ...unitsIn(explanation)]),
  ]);
  return {
    plan: hrefOf('plan', planUuid),
    counts: {
      ...countCauses(planned),
      missing: facts.closure?.missingCount ?? 0,
      allowed: facts.closure?.allowedCount ?? 0,
      ignored: ignored.size,
      absent: absent.length,
      warnings: facts.unaccompanied.length,
      incomplete: incomplete.length,
      conflicts: rivalries.length,
    },
    missing: await presentMissing(knex, missing.slice(0, NAMED)),
    ignored: names.hrefs(namedIgnored),
    absent: namedAbsent.map(({ parentId, entry, type, key }) => {
      const label = type === 'rpm.package' ? labelOfNevra(key) : key;
      const name = `${type === 'rpm.modulemd' ? 'module ' : ''}${label}`;
      return {
        label,
        listed_by: names.title(parentId),
        repository: hrefOf('repository', pairs[entry].destination.uuid),
        sentence: `${names.title(
          parentId,
        )} lists ${name}, which neither the source nor the destination has.`,
      };
    }),
    warnings: warnings.map(({ entry, packageId, modulemdIds: [module] }) => ({
      sentence: `${names.title(packageId)} belongs to ${names.title(
        module,
      )}, which is neither chosen nor at the destination.`,
      package: nameOf(names, packageId),
      module: nameOf(names, module),
      repository: hrefOf('repository', pairs[entry].destination.uuid),
    })),
    incomplete: namedIncomplete.map(
      ({ destinationUuid, modulemdId, total, absent: lacking }) => ({
        unit: nameOf(names, modulemdId),
        repository: hrefOf('repository', destinationUuid),
        absent: lacking.slice(0, NAMED).map(labelOfNevra),
        absent_count: lacking.length,
        sentence: `${names.title(modulemdId)} comes without ${
          lacking.length
        } of its ${total} packages.`,
      }),
    ),
    conflicts: namedRivalries.map(({ keptId, leftOutId }) => ({
      kept: names.href(keptId) ?? '',
      left_out: names.href(leftOutId) ?? '',
      label: names.title(leftOutId),
    })),
    units: units.map(({ id, entry, cause, explanation }) => ({
      pulp_href: names.href(id) ?? '',
      label: names.title(id),
      repository: hrefOf('repository', pairs[entry].destination.uuid),
      cause,
      chain: names.chain(explanation),
    })),
  };
}

/** What a copy would make of its destinations. */
export async function previewDestinations(
  knex: Knex,
  planned: readonly PlannedDestination[],
): Promise<Pick<CopyPreview, 'dry_run' | 'outcome' | 'destinations'>> {
  const destinations: CopyPreview['destinations'] = [];
  for (const { change } of planned) {
    const { plan, request, repositoryUuid } = change;
    const latest = await readVersionById(knex, plan.latestVersionId);
    if (!latest) {
      throw new TaskError(
        'PLP0005',
        'The destination of the copy does not exist any more.',
      );
    }
    destinations.push({
      repository: hrefOf('repository', repositoryUuid),
      ...(await describeDryRun(knex, plan, request.add, latest)),
    });
  }
  return {
    dry_run: true,
    outcome: destinations.some(({ outcome }) => outcome === 'created')
      ? 'created'
      : 'unchanged',
    destinations,
  };
}

function nameOf(names: UnitNames, id: number): NamedUnit {
  return { pulp_href: names.href(id), label: names.label(id) };
}

/** Without an epoch that is 0, as labels of packages are. */
function labelOfNevra(nevra: string): string {
  return nevra.replace(/-0:(?=[^-]*-[^-]*$)/, '-');
}

function countCauses(planned: readonly PlannedDestination[]) {
  const count = { requested: 0, children: 0, dependencies: 0 };
  for (const { destination } of planned) {
    for (const { cause } of destination.units) {
      if (cause === 'requested') count.requested += 1;
      else if (cause === 'child') count.children += 1;
      else count.dependencies += 1;
    }
  }
  return count;
}

/** Of the units that are new at their destination the first, those before that nobody named. */
function firstAdded(planned: readonly PlannedDestination[]): PlannedUnit[] {
  const added = planned.flatMap(({ destination, change }) => {
    const isNew = new Set(change.plan.added);
    return destination.units.filter(({ id }) => isNew.has(id));
  });
  return [...CAUSES]
    .reverse()
    .flatMap(cause => added.filter(unit => unit.cause === cause))
    .slice(0, NAMED);
}

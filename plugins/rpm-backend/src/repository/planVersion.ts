import type { Knex } from 'knex';
import type { VersionContent } from '../database/membership';
import { readRepositoryById } from '../database/operations/repositories';
import * as operations from '../database/operations/versions';
import type {
  MembershipDifference,
  UnitFacts,
} from '../database/operations/versions';
import { mapPending } from '../modulemd-map';
import { TaskError } from '../tasks/errors';
import { describeRivals } from './describeUnits';
import { dropPackagesOfLostModules } from './planning/dropPackagesOfLostModules';
import { findOverlaps } from './planning/findOverlaps';
import {
  judgeModularRemovals,
  requestedRemovals,
} from './planning/judgeModularRemovals';
import type { Planning } from './planning/Planning';
import { replaceHolders } from './planning/replaceHolders';
import { retainPackages } from './planning/retainPackages';
import { settleAdvisories } from './planning/settleAdvisories';
import { settleTrees } from './planning/settleTrees';
import { findDuplicates } from './rules/replaceByRepoKey';
import {
  DEFAULT_VERSION_RULES,
  type VersionRules,
} from './rules/resolveAdvisories';
import type { ModularRemoval } from './types';
import { VersionDraft } from './VersionDraft';
import type {
  NewVersionRequest,
  VersionPlan,
  VersionRecord,
} from './versionTypes';

/**
 * Decides what a new version of a repository holds.
 *
 * @remarks
 * Start from the latest version or the base version; remove; add; then, as Pulp finalises a
 * version: incoming units replace those with the same repository key, of two distribution trees the
 * incoming one stays, packages leave with their modules, old versions of packages are retained away,
 * and of several advisories with one id one stays. Units that were asked for are not taken out again
 * for a module that leaves. A mere change to a base version gives exactly its content. Writes
 * nothing but rows that the map of artifacts lacks: an advisory that others are merged into has a
 * negative unit id in the plan, see {@link storeMergedAdvisories}.
 *
 * @throws TaskError PLP0022 for units that exclude each other, PLP0023 for a replacement although
 *   `overwrite` is false, RPM0002 for two distribution trees, RPM0001 for advisories that contradict
 *   each other, RPM0013 when a package of a module that stays must not be removed
 */
export async function planVersion(
  knex: Knex,
  request: NewVersionRequest,
  rules: VersionRules = DEFAULT_VERSION_RULES,
): Promise<VersionPlan> {
  await mapPending(knex);
  const { add, remove, repositoryId, baseVersionId } = request;
  const { latest, base, keep, modularRemoval } = await readStart(knex, request);
  const start = remove === '*' ? undefined : base ?? latest;
  const draft = new VersionDraft();

  await removeRequested(knex, start, draft, request);
  const incoming = await addRequested(knex, start, draft, add);
  const requested = new Set(add);
  const planning: Planning = {
    knex,
    rules,
    start,
    draft,
    requested,
    incoming,
  };
  await replaceHolders(planning, request.overwrite ?? true);
  await settleTrees(planning);
  await dropPackagesOfLostModules(planning);
  const isMereBaseChange =
    baseVersionId !== undefined && !add.length && !remove.length;
  const kept = [...(request.chosen?.kept ?? [])];
  if (keep && !isMereBaseChange) {
    const isRetained =
      request.retainPackageVersions === undefined &&
      (start?.retainedPackageVersions ?? Infinity) <= keep;
    kept.push(...(await retainPackages(planning, keep, isRetained)));
  }
  const { decisions, merged } = await settleAdvisories(planning);
  const changes = draft.relativeToLatest(
    await readShift(knex, start, latest),
    remove === '*' ? { kind: 'requested' } : { kind: 'base' },
  );
  const modularLosses = await judgeModularRemovals(
    planning,
    requestedRemovals(
      start
        ? draft.removed
        : changes.removed.map(unit => [unit.unitId, unit.reason] as const),
    ),
    modularRemoval,
  );
  return {
    repositoryId,
    baseVersionId,
    latestVersionId: latest.id,
    retainedPackageVersions: isMereBaseChange
      ? start?.retainedPackageVersions
      : keep || undefined,
    kept,
    advisoryDecisions: decisions,
    mergedAdvisories: merged,
    pathOverlaps: await findOverlaps(planning),
    modularLosses,
    ...changes,
  };
}

async function readStart(
  knex: Knex,
  request: NewVersionRequest,
): Promise<{
  latest: VersionRecord;
  base: VersionRecord | undefined;
  /** How many versions of a package may stay; 0 for all. */
  keep: number;
  modularRemoval: ModularRemoval;
}> {
  const { repositoryId, baseVersionId, retainPackageVersions } = request;
  const repository = await readRepositoryById(knex, repositoryId);
  const latest = await operations.readLatestVersion(knex, repositoryId);
  if (!repository || !latest) {
    throw new TaskError('PLP0005', 'The repository does not exist any more.');
  }
  const base =
    baseVersionId === undefined
      ? undefined
      : await operations.readVersionById(knex, baseVersionId);
  if (baseVersionId !== undefined && !base) {
    throw new TaskError('PLP0005', 'The base version does not exist any more.');
  }
  const keep = retainPackageVersions ?? repository.retainPackageVersions;
  const modularRemoval =
    request.followsSource && repository.modularRemoval === 'reject'
      ? 'warn'
      : repository.modularRemoval;
  return { latest, base, keep, modularRemoval };
}

/** How the starting content differs from the latest version's. */
async function readShift(
  knex: Knex,
  start: VersionRecord | undefined,
  latest: VersionRecord,
): Promise<MembershipDifference> {
  if (start) return operations.compareMembership(knex, start, latest);
  const onlySecond = await operations.listUnitIds(knex, latest);
  return { onlyFirst: [], onlySecond };
}

async function removeRequested(
  knex: Knex,
  start: VersionContent | undefined,
  draft: VersionDraft,
  { add, remove, chosen }: NewVersionRequest,
): Promise<void> {
  if (!start || remove === '*') return;
  const wanted = new Set(add);
  for (const id of await operations.listPresent(knex, start, remove)) {
    if (wanted.has(id)) continue;
    draft.remove(id, chosen?.reasons.get(id) ?? { kind: 'requested' });
  }
}

/** @returns what really comes in */
async function addRequested(
  knex: Knex,
  start: VersionContent | undefined,
  draft: VersionDraft,
  add: readonly number[],
): Promise<UnitFacts[]> {
  const ids = [...new Set(add)];
  const requested = await operations.readUnitFacts(knex, ids);
  if (requested.length < ids.length) {
    throw new TaskError('PLP0005', 'A content unit does not exist any more.');
  }
  const duplicates = findDuplicates(requested);
  if (duplicates.length) {
    throw new TaskError(
      'PLP0022',
      `Found ${duplicates.length} duplicate contents in repository version: ` +
        `${await describeRivals(knex, duplicates)}.`,
    );
  }
  const present = start
    ? await operations.listPresent(knex, start, ids)
    : new Set<number>();
  const incoming = requested.filter(unit => !present.has(unit.id));
  for (const unit of incoming) draft.add(unit.id);
  return incoming;
}

import type { Knex } from 'knex';
import * as operations from '../database/operations/versions';
import type { MembershipDifference } from '../database/operations/versions';
import { readRepositoryById } from '../database/operations/repositories';
import type { VersionContent } from '../database/membership';
import type { ContentType } from '../identifiers';
import { TaskError } from '../tasks/errors';
import { describeUnits } from './describeUnits';
import { dropModulePackages } from './rules/dropModulePackages';
import { findDuplicates, replaceByRepoKey } from './rules/replaceByRepoKey';
import {
  findCrowded,
  retainPackageVersions,
} from './rules/retainPackageVersions';
import { VersionDraft } from './VersionDraft';
import type {
  NewVersionRequest,
  RemovalReason,
  VersionPlan,
  VersionRecord,
} from './versionTypes';

/** What the rules of one new version work with. */
interface Planning {
  knex: Knex;
  /** Undefined: nothing, everything was to be removed. */
  start: VersionContent | undefined;
  /** The added units that the starting content does not hold. */
  incoming: operations.UnitFacts[];
  draft: VersionDraft;
}

/**
 * Decides what a new version of a repository holds; writes nothing.
 *
 * @remarks
 * Start from the latest version or the base version; remove; add; then, as Pulp finalises a
 * version: incoming units replace those with the same repository key, packages leave with their
 * modules, and old versions of packages are retained away. Units that were asked for are not taken
 * out again for a module that leaves. A mere change to a base version gives exactly its content.
 *
 * @throws TaskError PLP0022 for units that exclude each other, PLP0023 for a replacement although
 *   `overwrite` is false
 */
export async function planVersion(
  knex: Knex,
  request: NewVersionRequest,
): Promise<VersionPlan> {
  const {
    latest,
    base,
    retainPackageVersions: keep,
  } = await readStart(knex, request);
  const start = request.remove === '*' ? undefined : base ?? latest;
  const draft = new VersionDraft();
  const planning: Planning = { knex, start, draft, incoming: [] };

  await removeRequested(planning, request);
  await addRequested(planning, request);
  await replaceHolders(planning, request.overwrite ?? true);
  await dropPackagesOfLostModules(planning, new Set(request.add));
  const isMereBaseChange =
    request.baseVersionId !== undefined &&
    !request.add.length &&
    !request.remove.length;
  if (keep && !isMereBaseChange) await retainPackages(planning, keep);

  const reason: RemovalReason =
    request.remove === '*' ? { kind: 'requested' } : { kind: 'base' };
  return {
    repositoryId: request.repositoryId,
    baseVersionId: request.baseVersionId,
    latestVersionId: latest.id,
    ...draft.relativeToLatest(await readShift(knex, start, latest), reason),
  };
}

async function readStart(
  knex: Knex,
  { repositoryId, baseVersionId }: NewVersionRequest,
): Promise<{
  latest: VersionRecord;
  base: VersionRecord | undefined;
  retainPackageVersions: number;
}> {
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
  return {
    latest,
    base,
    retainPackageVersions: repository.retainPackageVersions,
  };
}

/** How the starting content differs from the latest version's. */
async function readShift(
  knex: Knex,
  start: VersionContent | undefined,
  latest: VersionContent,
): Promise<MembershipDifference> {
  if (start) return operations.compareMembership(knex, start, latest);
  const shift: MembershipDifference = { onlyFirst: [], onlySecond: [] };
  for await (const ids of operations.iterateUnitIds(knex, latest)) {
    shift.onlySecond = shift.onlySecond.concat(ids);
  }
  return shift;
}

async function removeRequested(
  { knex, start, draft }: Planning,
  { add, remove }: NewVersionRequest,
): Promise<void> {
  if (!start || remove === '*' || !remove.length) return;
  const wanted = new Set(add);
  for (const id of await operations.listPresent(knex, start, remove)) {
    if (!wanted.has(id)) draft.remove(id, { kind: 'requested' });
  }
}

async function addRequested(
  planning: Planning,
  { add }: NewVersionRequest,
): Promise<void> {
  if (!add.length) return;
  const { knex, start, draft } = planning;
  const unique = [...new Set(add)];
  const requested = await operations.readUnitFacts(knex, unique);
  if (requested.length < unique.length) {
    throw new TaskError('PLP0005', 'A content unit does not exist any more.');
  }
  const duplicates = findDuplicates(requested);
  if (duplicates.length) {
    throw new TaskError(
      'PLP0022',
      `Found ${duplicates.length} duplicate contents in repository version: ` +
        `${await describeUnits(knex, duplicates.flat())}.`,
    );
  }
  const present = start
    ? await operations.listPresent(knex, start, unique)
    : new Set<number>();
  planning.incoming = requested.filter(unit => !present.has(unit.id));
  for (const unit of planning.incoming) draft.add(unit.id);
}

async function replaceHolders(
  { knex, start, draft, incoming }: Planning,
  overwrite: boolean,
): Promise<void> {
  if (!start) return;
  const holders = await operations.listHoldersOfKeys(knex, start, incoming);
  const replacements = replaceByRepoKey(
    incoming,
    holders.filter(holder => !draft.removed.has(holder.id)),
  );
  if (replacements.length && !overwrite) {
    const ids = replacements.map(({ unitId }) => unitId);
    throw new TaskError(
      'PLP0023',
      `Content overwrite rejected: ${await describeUnits(knex, ids)} ` +
        'would be replaced.',
    );
  }
  for (const { unitId, byUnitId } of replacements) {
    draft.remove(unitId, { kind: 'replaced', byUnitId });
  }
}

const MODULEMD: ContentType = 'rpm.modulemd';
const PACKAGE: ContentType = 'rpm.package';

async function dropPackagesOfLostModules(
  planning: Planning,
  requested: ReadonlySet<number>,
): Promise<void> {
  const { knex, start, draft } = planning;
  if (!start || !draft.removed.size) return;
  const gone = await operations.readUnitFacts(knex, [...draft.removed.keys()]);
  const lostModules = gone
    .filter(unit => unit.type === MODULEMD)
    .map(unit => unit.id);
  const lost = (
    await operations.listMappedPackages(knex, start, lostModules)
  ).filter(
    ({ packageId }) =>
      !draft.removed.has(packageId) && !requested.has(packageId),
  );
  const present = await listPresentMappings(
    planning,
    lost.map(({ packageId }) => packageId),
  );
  for (const { packageId, modulemdId } of dropModulePackages(lost, present)) {
    draft.remove(packageId, { kind: 'module-removed', modulemdId });
  }
}

/** Which modules that the draft holds name the packages. */
async function listPresentMappings(
  { knex, start, draft }: Planning,
  packageIds: readonly number[],
): Promise<operations.ModuleMapping[]> {
  const mappings = await operations.listMappingModules(knex, [
    ...new Set(packageIds),
  ]);
  const modules = [...new Set(mappings.map(({ modulemdId }) => modulemdId))];
  const inStart = start
    ? await operations.listPresent(knex, start, modules)
    : new Set<number>();
  return mappings.filter(
    ({ modulemdId }) =>
      draft.added.has(modulemdId) ||
      (inStart.has(modulemdId) && !draft.removed.has(modulemdId)),
  );
}

async function retainPackages(planning: Planning, keep: number): Promise<void> {
  const { knex, start, draft, incoming } = planning;
  const added = incoming.filter(
    unit => unit.type === PACKAGE && draft.added.has(unit.id),
  );
  const packages = [
    ...(start ? await operations.listPackageFacts(knex, start) : []).filter(
      unit => !draft.removed.has(unit.id),
    ),
    ...(await operations.readPackageFacts(
      knex,
      added.map(unit => unit.id),
    )),
  ];
  const crowded = findCrowded(packages, keep);
  const modular = await listPresentMappings(
    planning,
    crowded.map(unit => unit.id),
  );
  const old = retainPackageVersions(
    crowded,
    new Set(modular.map(({ packageId }) => packageId)),
    keep,
  );
  for (const { id } of old) draft.remove(id, { kind: 'retention' });
}

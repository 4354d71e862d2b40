import {
  formatNevra,
  formatNsvca,
  type Advisory,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import { chunksOf } from '../../database/chunks';
import type { PackageFacts } from '../../database/operations/versions';
import { SelectionDraft, type AbsentChild, type Selection } from './Selection';
import type { SourceView } from './SourceView';

/** Advisories looked at together; bounds memory, for each may list thousands of packages. */
const ADVISORIES = 100;

/**
 * Finds what belongs to the units that are to be copied.
 *
 * @remarks
 * An advisory brings the packages it lists, by exact NEVRA, and the modules of its collections. A
 * category or environment brings its groups, by id, else by name. A group brings, for each of its
 * names that no requested package has, the newest package per architecture. A module brings its
 * artifacts, its defaults and the notices that its stream ends. All of it as far as the source has it;
 * what advisories list besides is told.
 *
 * @param content - unit ids; everything in the source when undefined
 */
export async function expandSelection(
  view: SourceView,
  content: readonly number[] | undefined,
): Promise<Selection> {
  if (!content) {
    return {
      requested: await view.listHeld(),
      children: [],
      ignored: [],
      absent: [],
    };
  }
  const ids = [...new Set(content)];
  const held = await view.findHeld(ids);
  const draft = new SelectionDraft(ids.flatMap(id => held.get(id) ?? []));
  await addListed(view, draft);
  await addGroups(view, draft);
  await addGroupPackages(view, draft);
  await addModuleUnits(view, draft);
  return draft.finish(ids.filter(id => !held.has(id)));
}

async function addListed(
  view: SourceView,
  draft: SelectionDraft,
): Promise<void> {
  const ids = draft.requestedOf('rpm.advisory');
  for (const chunk of chunksOf(ids, ADVISORIES)) {
    const advisories = await view.readAdvisories(chunk);
    await addByKey(view, draft, 'rpm.package', advisories, listedPackages);
    await addByKey(view, draft, 'rpm.modulemd', advisories, listedModules);
  }
}

function listedPackages({ pkglist }: Advisory): string[] {
  return pkglist.flatMap(({ packages }) => packages.map(formatNevra));
}

function listedModules({ pkglist }: Advisory): string[] {
  return pkglist.flatMap(({ module }) => (module ? formatNsvca(module) : []));
}

async function addByKey(
  view: SourceView,
  draft: SelectionDraft,
  type: AbsentChild['type'],
  advisories: ReadonlyMap<number, Advisory>,
  keysOf: (advisory: Advisory) => string[],
): Promise<void> {
  const parents = firstParents(advisories, keysOf);
  const found = new Set<string>();
  for (const { id, key } of await view.findByKey(type, [...parents.keys()])) {
    const parentId = parents.get(key)!;
    draft.add({ id, type, parentId, relation: 'listed' });
    found.add(key);
  }
  for (const [key, parentId] of parents) {
    if (!found.has(key)) draft.miss({ parentId, type, key });
  }
}

async function addGroups(
  view: SourceView,
  draft: SelectionDraft,
): Promise<void> {
  const comps = await view.readComps([
    ...draft.requestedOf('rpm.packagecategory'),
    ...draft.requestedOf('rpm.packageenvironment'),
  ]);
  const parents = firstParents(comps, groupsOf);
  const wanted = [...parents.keys()];
  const byId = await view.findByKey('rpm.packagegroup', wanted);
  const known = new Set(byId.map(({ key }) => key));
  const byName = await view.findGroupsByName(
    wanted.filter(key => !known.has(key)),
  );
  for (const { id, key } of [...byId, ...byName]) {
    const parentId = parents.get(key)!;
    draft.add({ id, type: 'rpm.packagegroup', parentId, relation: 'member' });
  }
}

function groupsOf(comps: CompsUnit): string[] {
  switch (comps.kind) {
    case 'category':
      return comps.groups.map(({ id }) => id);
    case 'environment':
      return [...comps.groups, ...comps.optionalGroups].map(({ id }) => id);
    default:
      return [];
  }
}

async function addGroupPackages(
  view: SourceView,
  draft: SelectionDraft,
): Promise<void> {
  const groups = await view.readComps(draft.allOf('rpm.packagegroup'));
  const parents = firstParents(groups, packageNamesOf);
  const chosen = await view.readPackages(draft.requestedOf('rpm.package'));
  for (const { name } of chosen) parents.delete(name);
  const packages = await view.findPackagesByName([...parents.keys()]);
  for (const { id, name } of newestOf(packages)) {
    const parentId = parents.get(name)!;
    draft.add({ id, type: 'rpm.package', parentId, relation: 'member' });
  }
}

function packageNamesOf(comps: CompsUnit): string[] {
  return comps.kind === 'group' ? comps.packages.map(({ name }) => name) : [];
}

/** The newest package of each name and architecture. */
function newestOf(packages: readonly PackageFacts[]): PackageFacts[] {
  const newest = new Map<string, PackageFacts>();
  for (const pkg of packages) {
    const key = `${pkg.name}.${pkg.arch}`;
    const best = newest.get(key);
    if (!best || pkg.evrKey > best.evrKey) newest.set(key, pkg);
  }
  return [...newest.values()];
}

async function addModuleUnits(
  view: SourceView,
  draft: SelectionDraft,
): Promise<void> {
  const modules = draft.allOf('rpm.modulemd');
  for (const { modulemdId, packageId } of await view.findArtifacts(modules)) {
    draft.add({
      id: packageId,
      type: 'rpm.package',
      parentId: modulemdId,
      relation: 'artifact',
    });
  }
  for (const companion of await view.findCompanions(modules)) {
    const { unitId, type, modulemdId } = companion;
    draft.add({
      id: unitId,
      type,
      parentId: modulemdId,
      relation: 'companion',
    });
  }
}

/** By key, the first of the units that names it. */
function firstParents<T>(
  units: ReadonlyMap<number, T>,
  keysOf: (unit: T) => string[],
): Map<string, number> {
  const parents = new Map<string, number>();
  for (const [id, unit] of units) {
    for (const key of keysOf(unit)) {
      if (!parents.has(key)) parents.set(key, id);
    }
  }
  return parents;
}

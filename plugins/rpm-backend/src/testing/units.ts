import type {
  Advisory,
  ModulemdDocument,
  RpmPackage,
} from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import {
  saveAdvisories,
  saveModulemdDocuments,
  savePackages,
  unitHrefs,
} from '../database/operations/content-units';
import { testPackage } from './packages';

/** Hrefs of units by a name of the test's choice. */
export type UnitsByName = Record<string, string>;

async function named(
  knex: Knex,
  names: readonly string[],
  ids: readonly number[],
): Promise<UnitsByName> {
  const hrefs = await unitHrefs(knex, ids);
  return Object.fromEntries(
    names.map((name, index) => [name, hrefs.get(ids[index])!]),
  );
}

/** Saves a package of each name, or what is given for the name. */
export async function saveTestPackages(
  knex: Knex,
  packages: Record<string, Partial<RpmPackage>>,
): Promise<UnitsByName> {
  const ids = await savePackages(
    knex,
    Object.entries(packages).map(([name, given]) =>
      testPackage({ name, ...given }),
    ),
  );
  return named(knex, Object.keys(packages), ids);
}

/** A module of the name that the key begins with; artifacts are NEVRAs with epoch. */
export function testModule(
  key: string,
  given: { stream?: string; version?: string; artifacts: string[] },
): ModulemdDocument {
  return {
    kind: 'modulemd',
    snippet: `# ${key}`,
    digest: key.padEnd(64, '0'),
    name: key.split(' ')[0],
    stream: given.stream ?? 'main',
    version: given.version ?? '1',
    context: 'c0ffee42',
    arch: 'noarch',
    summary: '',
    description: '',
    licenses: [],
    artifacts: given.artifacts,
    dependencies: [],
    profiles: {},
  };
}

/** Saves modules; the keys are names in the test and begin with the modules'. */
export async function saveTestModules(
  knex: Knex,
  modules: Record<string, Parameters<typeof testModule>[1]>,
): Promise<UnitsByName> {
  const ids = await saveModulemdDocuments(
    knex,
    Object.entries(modules).map(([key, given]) => testModule(key, given)),
  );
  return named(knex, Object.keys(modules), ids);
}

/** Saves advisories; the keys are names in the test, `id` is the advisories'. */
export async function saveTestAdvisories(
  knex: Knex,
  advisories: Record<string, Pick<Advisory, 'id'> & Partial<Advisory>>,
): Promise<UnitsByName> {
  const ids = await saveAdvisories(
    knex,
    Object.values(advisories).map(given => ({
      rebootSuggested: false,
      pkglist: [],
      references: [],
      ...given,
    })),
  );
  return named(knex, Object.keys(advisories), ids);
}

/** A package collection of an advisory, of packages given as `name-version`. */
export function testCollection(
  name: string,
  ...packages: string[]
): Advisory['pkglist'][number] {
  return {
    name,
    packages: packages.map(text => ({
      name: text.split('-')[0],
      version: text.split('-')[1],
      epoch: '0',
      release: '1',
      arch: 'noarch',
      rebootSuggested: false,
      restartSuggested: false,
      reloginSuggested: false,
    })),
  };
}

import type { Advisory, RpmPackage } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { toAdvisoryDraft } from '../../content-units/advisoryDraft';
import {
  saveAdvisories,
  saveModulemdDocuments,
  savePackages,
} from '../../database/operations/content-units';
import type { DbPackageRow } from '../../database/tables';
import type { ContentType } from '../../identifiers';
import { mergeAdvisories } from '../../repository/rules/mergeAdvisories';
import { testPackage } from '../packages';
import { testCollection, testModule } from '../units';

/** What the naive model knows of a unit. */
export interface ModelUnit {
  type: ContentType;
  /** What only one unit of a version can have. */
  key?: string;
  /** Name and arch of a package. */
  group?: string;
  /** Order within the group. */
  age?: number;
  /** The file says that it belongs to a module. */
  labelled?: boolean;
  /** Names of its packages, for a module. */
  artifacts?: string[];
}

type Packages = Record<string, ModelUnit & { given: RpmPackage }>;

const packages: Packages = {};
const addPackage = (
  name: string,
  group: string,
  age: number,
  { labelled, ...given }: Partial<RpmPackage> & { labelled?: boolean } = {},
) => {
  packages[name] = {
    type: 'rpm.package',
    key: name.split(' ')[0],
    group,
    age,
    labelled,
    given: testPackage({ name: group[0], version: String(age), ...given }),
  };
};
addPackage('p-1', 'p', 1);
addPackage('p-2', 'p', 2);
addPackage('p-2 rebuilt', 'p', 2, { pkgId: 'f'.repeat(64) });
addPackage('p-10', 'p', 10);
addPackage('p-11', 'p', 11, { labelled: true });
addPackage('p-3.src', 'p.src', 3, { arch: 'src' });
addPackage('p-4.src', 'p.src', 4, { arch: 'src' });
addPackage('q-1', 'q', 1);
addPackage('q-2', 'q', 2);

const modules: Record<string, ModelUnit & { nevras: string[] }> = {};
const addModule = (name: string, artifacts: string[], nevras: string[]) => {
  const key = name.split(' ')[0];
  modules[name] = { type: 'rpm.modulemd', key, artifacts, nevras };
};
const P2 = 'p-0:2-1.noarch';
const P10 = 'p-0:10-1.noarch';
const Q1 = 'q-0:1-1.noarch';
addModule('m one', ['p-2', 'p-2 rebuilt', 'q-1'], [P2, Q1]);
addModule('m two', ['q-1'], [Q1]);
addModule('n one', ['p-10', 'q-1'], [P10, Q1]);

/** Advisories by name: the given ones, and those that the model has merged. */
const advisories = new Map<string, Advisory>();

/** As it is stored and read again. */
function addAdvisory(name: string, advisory: Advisory): void {
  const { document_json: stored } = toAdvisoryDraft(advisory).columns;
  advisories.set(name, JSON.parse(stored));
}
for (const [name, updatedDate, ...contents] of [
  ['A old', '2024-01-01', 'p-1'],
  ['A new', '2024-02-01', 'p-1', 'p-2'],
  ['B one', '2024-01-01', 'r-1'],
  ['B two', '2024-01-01', 's-1'],
  ['B odd', '2024-01-01', 'r-1', 't-1'],
]) {
  addAdvisory(name, {
    id: name[0],
    updatedDate,
    rebootSuggested: false,
    references: [],
    pkglist: [testCollection(name, ...contents)],
  });
}

/** The units that sequences are made of. */
export const MODEL_UNITS: Record<string, ModelUnit> = {
  ...packages,
  ...modules,
  ...Object.fromEntries(
    [...advisories.keys()].map(name => [
      name,
      { type: 'rpm.advisory' as const },
    ]),
  ),
};

/** A unit, also an advisory that came of others. */
export function modelUnit(name: string): ModelUnit {
  return MODEL_UNITS[name] ?? { type: 'rpm.advisory' };
}

export function modelAdvisory(name: string): Advisory | undefined {
  return advisories.get(name);
}

/** What two advisories together become, under a name of its own. */
export function mergedModelAdvisory(previous: string, added: string): string {
  const merged = mergeAdvisories(
    advisories.get(previous)!,
    advisories.get(added)!,
  );
  const { digest } = toAdvisoryDraft(merged);
  for (const [name, known] of advisories) {
    if (toAdvisoryDraft(known).digest === digest) return name;
  }
  const name = `${previous} + ${added}`;
  addAdvisory(name, merged);
  return name;
}

/** @returns the unit's id */
export async function saveModelUnit(knex: Knex, name: string): Promise<number> {
  const save = async () => {
    if (packages[name]) {
      const { given, labelled } = packages[name];
      const ids = await savePackages(knex, [given]);
      if (labelled) {
        await knex<DbPackageRow>('rpm_package')
          .whereIn('unit_id', ids)
          .update({ modularity_label: 'x:y:1:c0ffee' });
      }
      return ids;
    }
    if (modules[name]) {
      const { nevras } = modules[name];
      return saveModulemdDocuments(knex, [
        testModule(name, { artifacts: nevras }),
      ]);
    }
    return saveAdvisories(knex, [advisories.get(name)!]);
  };
  const [id] = await save();
  return id;
}

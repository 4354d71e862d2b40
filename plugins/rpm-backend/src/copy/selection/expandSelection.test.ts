import {
  evrSortKey,
  type Advisory,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import type { ContentType } from '../../identifiers';
import { expandSelection } from './expandSelection';
import type { SourceView } from './SourceView';

interface FakeUnit {
  type: ContentType;
  key?: string;
  advisory?: Advisory;
  comps?: CompsUnit;
  /** Of a package. */
  name?: string;
  version?: string;
  arch?: string;
  /** Names of units that a module has as artifacts and companions. */
  artifacts?: string[];
  companions?: string[];
}

function pkg(name: string, version: string, arch = 'noarch'): FakeUnit {
  const key = `${name}-0:${version}-1.${arch}`;
  return { type: 'rpm.package', key, name, version, arch };
}

function group(id: string, ...names: string[]): FakeUnit {
  return comps('rpm.packagegroup', {
    ...texts(id),
    kind: 'group',
    default: true,
    userVisible: true,
    biarchOnly: false,
    packages: names.map(name => ({
      name,
      type: 'default',
      baseArchOnly: false,
    })),
  });
}

function comps(type: ContentType, unit: CompsUnit & { id: string }): FakeUnit {
  return { type, key: unit.id, comps: unit };
}

function texts(id: string) {
  const name = `The ${id}`;
  return { id, name, description: '', nameByLang: {}, descByLang: {} };
}

const refs = (...ids: string[]) => ids.map(id => ({ id, default: false }));

function advisory(
  id: string,
  pkglist: { module?: string; packages: string[] }[],
): FakeUnit {
  return {
    type: 'rpm.advisory',
    key: id,
    advisory: {
      id,
      rebootSuggested: false,
      references: [],
      pkglist: pkglist.map(({ module, packages }) => {
        const [name, stream, version, context, arch] = module?.split(':') ?? [];
        return {
          ...(module && { module: { name, stream, version, context, arch } }),
          packages: packages.map(text => {
            const [of, itsVersion, itsArch = 'noarch'] = text.split(' ');
            return {
              name: of,
              epoch: '0',
              version: itsVersion,
              release: '1',
              arch: itsArch,
              rebootSuggested: false,
              restartSuggested: false,
              reloginSuggested: false,
            };
          }),
        };
      }),
    },
  };
}

const MODULE = 'node:18:1:c0:noarch';

const SOURCE: Record<string, FakeUnit> = {
  'duck 1': pkg('duck', '1'),
  'duck 2': pkg('duck', '2'),
  'duck 2 x86_64': pkg('duck', '2', 'x86_64'),
  'duck 10 x86_64': pkg('duck', '10', 'x86_64'),
  'owl 1': pkg('owl', '1'),
  'node 18': pkg('node', '18'),
  'npm 18': pkg('npm', '18'),
  'module node': {
    type: 'rpm.modulemd',
    key: MODULE,
    artifacts: ['node 18', 'npm 18'],
    companions: ['defaults', 'obsoletes'],
  },
  defaults: { type: 'rpm.modulemd_defaults', key: 'node' },
  obsoletes: { type: 'rpm.modulemd_obsolete' },
  birds: group('birds', 'duck', 'owl', 'dodo'),
  night: group('night', 'owl'),
  all: comps('rpm.packagecategory', {
    ...texts('all'),
    kind: 'category',
    groups: refs('birds', 'fish'),
  }),
  named: comps('rpm.packagecategory', {
    ...texts('named'),
    kind: 'category',
    groups: refs('The night'),
  }),
  zoo: comps('rpm.packageenvironment', {
    ...texts('zoo'),
    kind: 'environment',
    groups: refs('birds'),
    optionalGroups: refs('night'),
  }),
  ADV: advisory('ADV', [
    { packages: ['duck 1', 'owl 7', 'duck 2 i686', 'duck 2 x86_64'] },
  ]),
  MODADV: advisory('MODADV', [{ module: MODULE, packages: ['node 18'] }]),
  GONEADV: advisory('GONEADV', [{ module: 'node:0:1:c:noarch', packages: [] }]),
  TWINADV: advisory('TWINADV', [{ packages: ['owl 1', 'duck 1'] }]),
};

const NAMES = Object.keys(SOURCE);
const idOf = (name: string) => NAMES.indexOf(name) + 1;
const nameOf = (id: number) => NAMES[id - 1] ?? `unit ${id}`;
const unitOf = (id: number) => SOURCE[nameOf(id)];
const all = NAMES.map(name => ({
  ...SOURCE[name],
  id: idOf(name),
}));
const packageFacts = (units: typeof all) =>
  units.map(({ id, name = '', version = '', arch = '' }) => ({
    id,
    name,
    arch,
    evrKey: evrSortKey({ epoch: '0', version, release: '1' }),
  }));

const view: SourceView = {
  findHeld: async ids =>
    new Map(all.filter(({ id }) => ids.includes(id)).map(u => [u.id, u])),
  listHeld: async () => all,
  findByKey: async (type, keys) =>
    all.flatMap(({ id, type: of, key }) =>
      of === type && key !== undefined && keys.includes(key) ? { id, key } : [],
    ),
  findGroupsByName: async names =>
    all.flatMap(({ id, comps: unit }) =>
      unit?.kind === 'group' && names.includes(unit.name)
        ? { id, key: unit.name }
        : [],
    ),
  findPackagesByName: async names =>
    packageFacts(all.filter(({ name }) => name && names.includes(name))),
  findArtifacts: async ids =>
    ids.flatMap(modulemdId =>
      (unitOf(modulemdId).artifacts ?? []).map(name => ({
        modulemdId,
        packageId: idOf(name),
      })),
    ),
  findCompanions: async ids =>
    ids.flatMap(modulemdId =>
      (unitOf(modulemdId).companions ?? []).map(name => ({
        modulemdId,
        unitId: idOf(name),
        type: SOURCE[name].type as 'rpm.modulemd_defaults',
      })),
    ),
  readPackages: async ids =>
    packageFacts(all.filter(({ id }) => ids.includes(id))),
  readAdvisories: async ids =>
    new Map(ids.map(id => [id, unitOf(id).advisory!])),
  readComps: async ids => new Map(ids.map(id => [id, unitOf(id).comps!])),
};

/** `<child> <relation> <parent>`, in the order found. */
async function childrenOf(...names: string[]): Promise<string[]> {
  const { children } = await expandSelection(view, names.map(idOf));
  return children.map(
    ({ id, relation, parentId }) =>
      `${nameOf(id)}: ${relation} ${nameOf(parentId)}`,
  );
}

describe('expandSelection', () => {
  it('adds nothing to packages', async () => {
    expect(await childrenOf('duck 1', 'node 18')).toEqual([]);
  });

  it('adds the packages that an advisory lists, by exact NEVRA', async () => {
    expect(await childrenOf('ADV')).toEqual([
      'duck 1: listed ADV',
      'duck 2 x86_64: listed ADV',
    ]);
  });

  it('adds the modules of an advisory, with what belongs to them', async () => {
    expect(await childrenOf('MODADV')).toEqual([
      'node 18: listed MODADV',
      'module node: listed MODADV',
      'npm 18: artifact module node',
      'defaults: companion module node',
      'obsoletes: companion module node',
    ]);
  });

  it('adds the newest package per architecture of each name in a group', async () => {
    expect(await childrenOf('birds')).toEqual([
      'duck 2: member birds',
      'duck 10 x86_64: member birds',
      'owl 1: member birds',
    ]);
  });

  it('leaves names of a group to the packages that are asked for', async () => {
    expect(await childrenOf('birds', 'duck 1')).toEqual([
      'owl 1: member birds',
    ]);
  });

  it('adds the groups of a category by id', async () => {
    expect(await childrenOf('all')).toEqual([
      'birds: member all',
      'duck 2: member birds',
      'duck 10 x86_64: member birds',
      'owl 1: member birds',
    ]);
  });

  it('adds the groups of a category by name where there is no such id', async () => {
    expect(await childrenOf('named')).toEqual([
      'night: member named',
      'owl 1: member night',
    ]);
  });

  it('adds all groups of an environment, optional ones too', async () => {
    expect(await childrenOf('zoo')).toEqual(
      expect.arrayContaining([
        'birds: member zoo',
        'night: member zoo',
        'owl 1: member birds',
      ]),
    );
  });

  it('adds artifacts, defaults and obsoletes of a module', async () => {
    expect(await childrenOf('module node')).toEqual([
      'node 18: artifact module node',
      'npm 18: artifact module node',
      'defaults: companion module node',
      'obsoletes: companion module node',
    ]);
  });

  it('adds each unit once, for what brings it first', async () => {
    expect(await childrenOf('ADV', 'TWINADV', 'owl 1')).toEqual([
      'duck 1: listed ADV',
      'duck 2 x86_64: listed ADV',
    ]);
  });

  it('names what the source does not hold', async () => {
    const { requested, ignored } = await expandSelection(view, [
      77,
      idOf('owl 1'),
      99,
      77,
    ]);
    expect(requested.map(({ id }) => id)).toEqual([idOf('owl 1')]);
    expect(ignored).toEqual([77, 99]);
  });

  it('tells what an advisory lists and the source does not hold', async () => {
    const { absent } = await expandSelection(view, [
      idOf('ADV'),
      idOf('GONEADV'),
    ]);
    expect(
      absent.map(
        ({ parentId, type, key }) => `${nameOf(parentId)}: ${type} ${key}`,
      ),
    ).toEqual([
      'ADV: rpm.package owl-0:7-1.noarch',
      'ADV: rpm.package duck-0:2-1.i686',
      'GONEADV: rpm.modulemd node:0:1:c:noarch',
    ]);
  });

  it('takes everything when nothing is named', async () => {
    const { requested, children, ignored } = await expandSelection(
      view,
      undefined,
    );
    expect(requested).toEqual(all);
    expect(children).toEqual([]);
    expect(ignored).toEqual([]);
  });

  it('takes nothing of an empty list', async () => {
    expect(await expandSelection(view, [])).toEqual({
      requested: [],
      children: [],
      ignored: [],
      absent: [],
    });
  });
});

import {
  parseModulesDocument,
  type Advisory,
  type CompsUnit,
} from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import type { ModulemdUnitDocument } from '../content-units/modulemdDraft';
import {
  saveAdvisories,
  saveComps,
  saveModulemdDocuments,
  savePackages,
  saveRepoMetadataFiles,
  unitHrefs,
} from '../database/operations/content-units';
import type { RepositoryRecord } from '../repository/types';
import { testPackage } from './packages';
import { insertTestRepository, insertTestVersion } from './repositories';

export const ZOO_ADVISORY: Advisory = {
  id: 'EX-2024:1',
  title: 'Ducks swim',
  type: 'enhancement',
  severity: 'Low',
  issuedDate: '2024-01-31 12:00:00',
  rebootSuggested: false,
  pkglist: [
    {
      name: 'collection-0',
      module: {
        name: 'ducks',
        stream: '1',
        version: '1',
        context: 'c0ffee',
        arch: 'noarch',
      },
      packages: [
        {
          name: 'duck',
          epoch: '0',
          version: '0.7',
          release: '1',
          arch: 'noarch',
          filename: 'duck-0.7-1.noarch.rpm',
          rebootSuggested: false,
          restartSuggested: true,
          reloginSuggested: false,
        },
      ],
    },
  ],
  references: [{ href: 'https://bugs.example/1', id: '1', type: 'bugzilla' }],
};

const TEXTS = {
  name: 'Birds',
  description: 'They fly',
  nameByLang: { de: 'Vögel' },
  descByLang: {},
};

const COMPS: CompsUnit[] = [
  {
    kind: 'group',
    ...TEXTS,
    id: 'birds',
    displayOrder: 5,
    default: true,
    userVisible: true,
    biarchOnly: false,
    packages: [
      { name: 'duck', type: 'mandatory', baseArchOnly: false },
      {
        name: 'stork',
        type: 'conditional',
        baseArchOnly: true,
        requires: 'duck',
      },
    ],
  },
  {
    kind: 'category',
    ...TEXTS,
    id: 'all',
    groups: [{ id: 'birds', default: false }],
  },
  {
    kind: 'environment',
    ...TEXTS,
    id: 'zoo',
    groups: [{ id: 'birds', default: false }],
    optionalGroups: [{ id: 'fish', default: true }],
  },
  { kind: 'langpacks', matches: { duck: 'duck-%s' } },
];

const MODULES = [
  `document: modulemd
version: 2
data:
  name: ducks
  stream: '1'
  version: '1'
  context: c0ffee
  arch: noarch
  summary: Ducks
  description: All ducks
  license: { module: [MIT] }
  dependencies:
  - requires: { platform: [el9] }
  profiles: { default: { rpms: [duck] } }
  artifacts: { rpms: [ 'duck-0:0.7-1.noarch', 'goose-0:1-1.noarch' ] }`,
  `document: modulemd-defaults
version: 1
data: { module: ducks, stream: '1', profiles: { '1': [default] } }`,
  `document: modulemd-obsoletes
version: 1
data:
  modified: 2024-01-01T00:00Z
  module: ducks
  stream: '1'
  message: gone
  reset: true
  obsoleted_by: { module: geese, stream: '2' }`,
].map(
  text => parseModulesDocument(`---\n${text}\n...`) as ModulemdUnitDocument,
);

/**
 * A repository with a unit of every type and two versions: 1 holds duck 0.6, duck 0.7 and stork; 2
 * duck 0.7, duck 0.8, stork and everything that is no package. The package `outsider` is in neither.
 */
export interface Zoo {
  repository: RepositoryRecord;
  /** Unit ids, in the order duck 0.6, 0.7, 0.8, stork, outsider. */
  packages: number[];
  /** Unit ids: an advisory, a module, its defaults, its obsoletes, comps, a metadata file. */
  others: number[];
  hrefs: Map<number, string>;
}

export async function insertZoo(knex: Knex): Promise<Zoo> {
  const packages = await savePackages(
    knex,
    ['0.6', '0.7', '0.8']
      .map(version => testPackage({ name: 'duck', version }))
      .concat(
        testPackage({
          name: 'stork',
          version: '2',
          arch: 'x86_64',
          provides: [{ name: 'stork', flags: 'EQ', epoch: '0', version: '2' }],
          requires: [{ name: '/bin/sh', pre: true }],
          files: [
            { type: 'file', path: '/usr/bin/stork' },
            { type: 'dir', path: '/usr/share/stork' },
          ],
          changelogs: [{ author: 'S', time: 17, text: '- hatched' }],
        }),
        testPackage({ name: 'outsider' }),
      ),
  );
  const others = [
    ...(await saveAdvisories(knex, [ZOO_ADVISORY])),
    ...(await saveModulemdDocuments(knex, MODULES)),
    ...(await saveComps(knex, COMPS)),
    ...(await saveRepoMetadataFiles(knex, [
      {
        dataType: 'productid',
        relativePath: 'repodata/productid.gz',
        checksumType: 'sha256',
        checksum: 'ab'.repeat(32),
      },
    ])),
  ];
  const [duck6, duck7, duck8, stork] = packages;
  const repository = await insertTestRepository(knex, 'zoo');
  await insertTestVersion(knex, repository.id, { add: [duck6, duck7, stork] });
  await insertTestVersion(knex, repository.id, {
    add: [duck8, ...others],
    remove: [duck6],
  });
  const hrefs = await unitHrefs(knex, [...packages, ...others]);
  return { repository, packages, others, hrefs };
}

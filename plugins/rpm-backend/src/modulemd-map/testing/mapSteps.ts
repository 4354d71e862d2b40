import fc from 'fast-check';
import type { ComposedPackage } from '../../sync/testing/composeRepository';

/** Packages that remotes have: two of one NEVRA, and one of which there is a file as well. */
export const PACKAGES: readonly ComposedPackage[] = [
  { name: 'duck' },
  { name: 'duck', seed: 'rebuilt', location: 'again/duck.rpm' },
  { name: 'goose' },
  { name: 'goose', arch: 'x86_64' },
  { name: 'swan', version: '2.0' },
  { name: 'libmoney' },
];

/** Packages that are uploaded. */
export const FILES = [
  'libmoney-1.0-1.noarch.rpm',
  'webshop-1.0-1.noarch.rpm',
  'webshop-1.1-1.noarch.rpm',
] as const;

/** What modules name; the first two are builds of one, of which a repository holds one. */
export const MODULES: readonly { name: string; artifacts: string[] }[] = [
  {
    name: 'birds',
    artifacts: ['duck-0:1.0-1.noarch', 'goose-0:1.0-1.noarch'],
  },
  {
    name: 'birds',
    artifacts: ['duck-0:1.0-1.noarch', 'swan-2.0-1.noarch'],
  },
  {
    name: 'shop',
    artifacts: [
      'libmoney-0:1.0-1.noarch',
      'webshop-0:1.0-1.noarch',
      'goose-0:1.0-1.x86_64',
    ],
  },
  {
    name: 'odd',
    artifacts: [
      'duck-0:1.0-1.noarch',
      'duck-0:1.0-1.noarch',
      'libmoney-1:1.0-1.noarch',
      'emu-0:1.0-1.noarch',
      'nonsense',
    ],
  },
  { name: 'empty', artifacts: [] },
];

const indexes = (values: readonly unknown[]) =>
  fc.subarray(values.map((_, index) => index));
const index = (values: readonly unknown[]) => fc.nat(values.length - 1);
const repository = fc.nat(1);

/** One way in which content arrives or leaves. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('sync' as const),
      repository,
      packages: indexes(PACKAGES),
      modules: indexes(MODULES),
      mirror: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('upload file' as const),
      repository,
      file: index(FILES),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('upload module' as const),
      repository,
      module: index(MODULES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('copy' as const),
      repository,
      solving: fc.boolean(),
      modulesOnly: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      repository,
      keepEach: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('clean up' as const) }),
  },
);

/** What happens to two repositories: groups of things that happen at once. */
export const mapSteps = fc.array(
  fc.array(step, { minLength: 1, maxLength: 4 }),
  { minLength: 2, maxLength: 6 },
);

export type MapStep = typeof step extends fc.Arbitrary<infer T> ? T : never;

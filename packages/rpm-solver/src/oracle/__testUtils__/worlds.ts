import { formatNevra } from '@rpmportal/rpm-format';
import fc from 'fast-check';
import { module, pkg } from '../../__testUtils__/packages';
import type { ClosureRequest } from '../../closure/request';
import type { ModuleRecord, PackageRecord } from '../../pool/records';

/** A copy between repositories with everything that RPM metadata can say. */
export interface OracleWorld {
  packages: PackageRecord[];
  modules: ModuleRecord[];
  /** Units, by pair of repositories. */
  sources: number[][];
  destinations: number[][];
  requested: number[][];
  /** Of all sources. */
  defaultStreams: Record<string, string>;
  options: Required<
    Pick<
      ClosureRequest,
      | 'dependencyUpgrade'
      | 'sourceRequires'
      | 'weakDependencies'
      | 'architectures'
    >
  >;
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const CAPABILITIES = ['x', 'y', '/usr/bin/z'];
const STREAMS = ['1', '2'];
const ARCHS = [
  'noarch',
  'noarch',
  'x86_64',
  'x86_64',
  'i686',
  'aarch64',
  'src',
];

const version = fc.constantFrom('1', '2', '3', '1:1', '1.1~rc1', '1.1^git1');
const comparison = fc.constantFrom('=', '<', '>', '<=', '>=');

const simple = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 4, arbitrary: fc.constantFrom(...CAPABILITIES) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...NAMES, 'x'), comparison, version)
      .map(parts => parts.join(' ')),
  },
  { weight: 1, arbitrary: fc.constant('nowhere') },
);

const rich = fc.oneof(
  fc
    .tuple(simple, fc.constantFrom('and', 'or', 'if', 'unless'), simple)
    .map(parts => `(${parts.join(' ')})`),
  fc
    .tuple(simple, fc.constantFrom('if', 'unless'), simple, simple)
    .map(
      ([then, op, condition, other]) =>
        `(${then} ${op} ${condition} else ${other})`,
    ),
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'x'),
      fc.constantFrom('with', 'without'),
      fc.constantFrom('a >= 2', 'b < 3', 'y'),
    )
    .map(parts => `(${parts.join(' ')})`),
);

/** Without those on several packages: what of them a package itself fulfils is nowhere said. */
const conflict = fc.oneof(
  { weight: 5, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('a', 'b', 'c', 'x'),
        fc.constantFrom('or', 'with', 'without'),
        fc.constantFrom('d', 'e >= 2', 'y'),
      )
      .map(parts => `(${parts.join(' ')})`),
  },
);

const requirement = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: rich },
);

const seldom = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: of.map(one => [one]) },
  );

const defaultStreams: fc.Arbitrary<Record<string, string>> = fc.constantFrom<
  Record<string, string>[]
>({}, { m: '1' }, { m: '2', n: '1' });

const options = fc.record({
  dependencyUpgrade: fc.boolean(),
  sourceRequires: fc.boolean(),
  weakDependencies: fc.boolean(),
  architectures: fc.constantFrom(
    ['x86_64'],
    ['x86_64'],
    ['aarch64'],
    ['x86_64', 'aarch64'],
  ),
});

const onePackage = fc
  .record({
    name: fc.constantFrom(...NAMES),
    version,
    arch: fc.constantFrom(...ARCHS),
    texts: fc.record({
      provides: fc.array(fc.constantFrom('x', 'y', 'x = 2', 'x = 1:1'), {
        maxLength: 1,
      }),
      requires: fc.array(requirement, { maxLength: 3 }),
      conflicts: fc.array(conflict, { maxLength: 1 }),
      obsoletes: fc.array(
        fc.constantFrom(...NAMES).map(name => `${name} < 2`),
        { maxLength: 1 },
      ),
      recommends: fc.array(requirement, { maxLength: 1 }),
      supplements: seldom(requirement),
      files: fc.array(fc.constant('/usr/bin/z'), { maxLength: 1 }),
    }),
  })
  .map(({ name, version: text, arch, texts }) => {
    const [epoch, rest] = text.includes(':') ? text.split(':') : ['', text];
    const nevra = `${name}-${epoch && `${epoch}:`}${rest}-1.${arch}`;
    return pkg(nevra, texts);
  });

function modulesOf(
  packages: readonly PackageRecord[],
): fc.Arbitrary<ModuleRecord[]> {
  const artifact = fc.constantFrom(...packages.map(one => formatNevra(one)));
  return fc.uniqueArray(
    fc
      .record({
        name: fc.constantFrom('m', 'n'),
        stream: fc.constantFrom(...STREAMS),
        context: fc.constantFrom('aa', 'bb'),
        artifacts: fc.uniqueArray(artifact, { maxLength: 3 }),
        requires: fc.array(
          fc.record({
            name: fc.constantFrom('m', 'n', 'o'),
            streams: fc.constantFrom([], ['1'], ['-1'], ['1', '2']),
          }),
          { maxLength: 1 },
        ),
      })
      .map(({ name, stream, context, artifacts, requires }) => ({
        ...module(`${name}:${stream}:1:${context}:noarch`),
        artifacts,
        requires,
      })),
    { selector: ({ unit }) => unit, maxLength: 4 },
  );
}

/**
 * @param pairs - how many pairs of source and destination
 * @param size - how many packages there are at most
 */
export function oracleWorlds(
  pairs: number,
  size = 24,
): fc.Arbitrary<OracleWorld> {
  return fc
    .uniqueArray(onePackage, {
      selector: ({ unit }) => unit,
      minLength: 2,
      maxLength: size,
      size: 'max',
    })
    .chain(packages =>
      modulesOf(packages).chain(modules => {
        const units = [...packages, ...modules].map(({ unit }) => unit);
        // Sources that have most of it, and destinations that have little, leave much to bring.
        const parts = (minLength: number, maxLength: number) =>
          fc.array(fc.subarray(units, { minLength, maxLength }), {
            minLength: pairs,
            maxLength: pairs,
          });
        const half = Math.floor(units.length / 2);
        return fc
          .record({
            sources: parts(half, units.length),
            destinations: parts(0, half),
            wanted: parts(0, units.length),
          })
          .chain(({ sources, destinations, wanted }) =>
            fc.record({
              packages: fc.constant(packages),
              modules: fc.constant(modules),
              sources: fc.constant(sources),
              destinations: fc.constant(destinations),
              requested: fc.constant(
                sources.map((source, i) =>
                  source.filter(unit => wanted[i].includes(unit)).slice(0, 3),
                ),
              ),
              defaultStreams,
              options,
            }),
          );
      }),
    );
}

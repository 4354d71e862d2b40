import { judgeModule, parseBuild, type StoredModule } from './judgeModule';

const NEVRA = 'duck-0:1-1.noarch';
const BUILD = { name: 'birds', stream: '1', version: '7', context: 'c0ffee' };

function stored(changes: Partial<StoredModule> = {}): StoredModule {
  return { ...BUILD, arch: 'x86_64', namesPackage: true, ...changes };
}

function judge(
  label: string | undefined,
  module: string | undefined,
  ...modules: StoredModule[]
) {
  const named = module === undefined ? undefined : parseBuild(module);
  return judgeModule({ nevra: NEVRA, label }, named, modules);
}

describe('parseBuild', () => {
  it.each(['birds', 'birds:1', 'birds:1:7', 'birds:1:7:', 'a:b:c:d:e:f'])(
    'knows that %s is not enough or too much',
    text => {
      expect(parseBuild(text)).toBeUndefined();
    },
  );

  it('reads a build with or without architecture', () => {
    expect(parseBuild('birds:1:7:c0ffee')).toEqual(BUILD);
    expect(parseBuild('birds:1:7:c0ffee:x86_64')).toEqual({
      ...BUILD,
      arch: 'x86_64',
    });
  });
});

describe('judgeModule', () => {
  const LABEL = 'birds:1:7:c0ffee';

  it.each<[string, string | undefined, string | undefined, StoredModule[]]>([
    ['is not modular', undefined, undefined, []],
    ['has its module', LABEL, undefined, [stored()]],
    // Debug packages are built with a module that does not list them.
    ['is not listed', LABEL, undefined, [stored({ namesPackage: false })]],
    ['is said to be what its label says', LABEL, LABEL, [stored()]],
    ['is said to be of an architecture', LABEL, `${LABEL}:x86_64`, [stored()]],
    ['has no label, and a module lists it', undefined, LABEL, [stored()]],
    [
      'is listed by one of two',
      LABEL,
      LABEL,
      [stored({ namesPackage: false }), stored({ arch: 'noarch' })],
    ],
  ])('takes a package that %s', (_what, label, module, modules) => {
    expect(judge(label, module, ...modules)).toBeUndefined();
  });

  it.each<
    [string, string | undefined, string | undefined, StoredModule[], string]
  >([
    ['the module is not there', LABEL, undefined, [], 'is not there'],
    [
      'only another build is there',
      LABEL,
      undefined,
      [stored({ version: '8' }), stored({ context: 'decaf' })],
      'is not there',
    ],
    ['the label is none', 'birds', undefined, [stored()], 'is no name:stream'],
    ['the label is none, named', 'a::b', LABEL, [stored()], 'is no name:'],
    ['label and name differ', LABEL, 'birds:1:8:x', [stored()], 'not to birds'],
    ['the named one is not there', LABEL, LABEL, [], 'There is no module'],
    [
      'the named one is of another architecture',
      LABEL,
      `${LABEL}:aarch64`,
      [stored()],
      'There is no module birds:1:7:c0ffee:aarch64',
    ],
    [
      'the named one does not list it',
      undefined,
      LABEL,
      [stored({ namesPackage: false })],
      `does not name ${NEVRA}`,
    ],
  ])('refuses when %s', (_what, label, module, modules, sentence) => {
    const verdict = judge(label, module, ...modules);
    expect(verdict!.sentence).toContain(sentence);
    expect(verdict!.sentence).toContain(
      verdict!.at === 'file' ? NEVRA : 'birds',
    );
  });
});

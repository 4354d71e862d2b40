import type { RpmRelation } from '../package/RpmPackage';
import { formatRelation } from '../dependency';
import { modularityLabel, packageFromHeader } from './packageFromHeader';
import { readRpmHeader } from './readRpmHeader';
import { RELATION_TAGS, RpmTag, SignatureTag } from './tags';
import { TagMap, composeRpm } from './__testUtils__/composeRpm';

const LESS = 2;
const GREATER = 4;
const EQUAL = 8;
const INTERPRETER = 1 << 8;
const PRE = 1 << 9;
const POST = 1 << 10;
const PREUN = 1 << 11;

const MINIMAL: TagMap = {
  [RpmTag.NAME]: 'cart',
  [RpmTag.VERSION]: '1.0',
  [RpmTag.RELEASE]: '1',
  [RpmTag.ARCH]: 'x86_64',
  [RpmTag.SOURCERPM]: 'cart-1.0-1.src.rpm',
};

const FACTS = {
  pkgId: 'abcdef',
  checksumType: 'sha256',
  sizePackage: 12_345,
  timeFile: 1_700_000_000,
  locationHref: 'Packages/c/cart-1.0-1.x86_64.rpm',
};

async function read(
  tags: TagMap,
  signature: TagMap = {},
  changelogLimit?: number,
) {
  const bytes = composeRpm({ ...MINIMAL, ...tags }, signature);
  const header = await readRpmHeader(
    (async function* source() {
      yield bytes;
    })(),
  );
  return {
    header,
    bytes,
    pkg: packageFromHeader(header, FACTS, { changelogLimit }),
  };
}

function relationTags(
  kind: keyof typeof RELATION_TAGS,
  entries: [name: string, flags?: number, version?: string][],
): TagMap {
  const tags = RELATION_TAGS[kind];
  return {
    [tags.name]: entries.map(([name]) => name),
    [tags.flags]: { int32: entries.map(([, flags]) => flags ?? 0) },
    [tags.version]: entries.map(([, , version]) => version ?? ''),
  };
}

function asTexts(relations: RpmRelation[]): string[] {
  return relations.map(
    relation => (relation.pre ? 'pre ' : '') + formatRelation(relation),
  );
}

function fileTags(files: [path: string, mode: number, flags?: number][]) {
  const folders = files.map(([path]) =>
    path.slice(0, path.lastIndexOf('/') + 1),
  );
  return {
    [RpmTag.BASENAMES]: files.map(([path], i) => path.slice(folders[i].length)),
    [RpmTag.DIRNAMES]: folders,
    [RpmTag.DIRINDEXES]: { int32: files.map((_, i) => i) },
    [RpmTag.FILEMODES]: { int16: files.map(([, mode]) => mode) },
    [RpmTag.FILEFLAGS]: { int32: files.map(([, , flags]) => flags ?? 0) },
  };
}

describe('packageFromHeader', () => {
  it('fills what is absent with empty texts, lists and zeros', async () => {
    const { pkg, bytes } = await read({});
    expect(pkg).toEqual({
      ...FACTS,
      name: 'cart',
      epoch: '0',
      version: '1.0',
      release: '1',
      arch: 'x86_64',
      summary: '',
      description: '',
      packager: '',
      url: '',
      timeBuild: 0,
      sizeInstalled: 0,
      sizeArchive: 0,
      license: '',
      vendor: '',
      group: '',
      buildhost: '',
      sourcerpm: 'cart-1.0-1.src.rpm',
      headerStart: 112,
      headerEnd: bytes.length,
      provides: [],
      requires: [],
      conflicts: [],
      obsoletes: [],
      suggests: [],
      enhances: [],
      recommends: [],
      supplements: [],
      files: [],
      changelogs: [],
    });
  });

  it('reads texts, numbers and sizes', async () => {
    const { pkg, header } = await read(
      {
        [RpmTag.EPOCH]: { int32: [4_000_000_000] },
        [RpmTag.SUMMARY]: { translated: ['A cart', 'Ein Wagen'] },
        [RpmTag.DESCRIPTION]: { translated: ['Two\n\nparagraphs'] },
        [RpmTag.BUILDTIME]: { int32: [1_700_000_001] },
        [RpmTag.BUILDHOST]: 'builder.example.org',
        [RpmTag.SIZE]: { int32: [4_294_967_295] },
        [RpmTag.VENDOR]: 'Example',
        [RpmTag.LICENSE]: 'Apache-2.0',
        [RpmTag.PACKAGER]: 'Pät <pat@example.org>',
        [RpmTag.GROUP]: 'Unspecified',
        [RpmTag.URL]: 'https://example.org',
        [RpmTag.MODULARITYLABEL]: 'shop:1:20240101:abc',
      },
      { [SignatureTag.PAYLOADSIZE]: { int32: [777] } },
    );
    expect(pkg).toMatchObject({
      epoch: '4000000000',
      summary: 'A cart',
      description: 'Two\n\nparagraphs',
      timeBuild: 1_700_000_001,
      buildhost: 'builder.example.org',
      sizeInstalled: 4_294_967_295,
      sizeArchive: 777,
      vendor: 'Example',
      license: 'Apache-2.0',
      packager: 'Pät <pat@example.org>',
      group: 'Unspecified',
      url: 'https://example.org',
    });
    expect(modularityLabel(header)).toBe('shop:1:20240101:abc');
    expect(modularityLabel((await read({})).header)).toBeUndefined();
  });

  it('reads the sizes of packages beyond 4 GiB', async () => {
    const { pkg } = await read(
      { [RpmTag.LONGSIZE]: { int64: [5_000_000_000n] } },
      { [SignatureTag.LONGARCHIVESIZE]: { int64: [6_000_000_000n] } },
    );
    expect(pkg).toMatchObject({
      sizeInstalled: 5_000_000_000,
      sizeArchive: 6_000_000_000,
    });
  });

  it('reads texts that are not UTF-8 as Latin-1', async () => {
    const { bytes } = await read({ [RpmTag.PACKAGER]: 'J?rg' });
    bytes[bytes.indexOf('J?rg') + 1] = 0xf6;
    const header = await readRpmHeader(
      (async function* source() {
        yield bytes;
      })(),
    );
    expect(packageFromHeader(header, FACTS).packager).toBe('Jörg');
  });

  it.each([
    ['x86_64', MINIMAL],
    ['src', { [RpmTag.SOURCERPM]: undefined }],
    [
      'nosrc',
      { [RpmTag.SOURCERPM]: undefined, [RpmTag.NOSOURCE]: { int32: [0] } },
    ],
    [
      'nosrc',
      { [RpmTag.SOURCERPM]: undefined, [RpmTag.NOPATCH]: { int32: [0] } },
    ],
  ])('finds the architecture %s', async (arch, tags) => {
    expect((await read(tags)).pkg.arch).toBe(arch);
  });

  it.each([
    ['name', RpmTag.NAME],
    ['version', RpmTag.VERSION],
    ['release', RpmTag.RELEASE],
    ['architecture', RpmTag.ARCH],
  ])('refuses a header without %s', async (what, tag) => {
    const message = `RPM file cannot be parsed for metadata: its header has no ${what}`;
    await expect(read({ [tag]: undefined })).rejects.toThrow(message);
    await expect(read({ [tag]: '' })).rejects.toThrow(message);
  });

  it.each<[string, TagMap]>([
    ['is not a text', { [RpmTag.NAME]: { int32: [1] } }],
    ['is not a number', { [RpmTag.SIZE]: '1' }],
    ['is not a list of texts', { [RpmTag.DIRNAMES]: { int32: [1] } }],
  ])('refuses a tag that %s', async (reason, tags) => {
    await expect(read(tags)).rejects.toThrow(
      `tag ${Object.keys(tags)[0]} of the main header ${reason}`,
    );
  });

  describe('relations', () => {
    it('reads every comparison', async () => {
      const { pkg } = await read(
        relationTags('conflicts', [
          ['any'],
          ['lt', LESS, '1'],
          ['gt', GREATER, '1-2'],
          ['eq', EQUAL, '3:1-2'],
          ['le', LESS | EQUAL, '1'],
          ['ge', GREATER | EQUAL, '1'],
          ['unversioned', EQUAL, ''],
        ]),
      );
      expect(pkg.conflicts).toEqual([
        { name: 'any' },
        { name: 'lt', flags: 'LT', epoch: '0', version: '1' },
        { name: 'gt', flags: 'GT', epoch: '0', version: '1', release: '2' },
        { name: 'eq', flags: 'EQ', epoch: '3', version: '1', release: '2' },
        { name: 'le', flags: 'LE', epoch: '0', version: '1' },
        { name: 'ge', flags: 'GE', epoch: '0', version: '1' },
        { name: 'unversioned' },
      ]);
    });

    it.each([
      'provides',
      'conflicts',
      'obsoletes',
      'suggests',
      'enhances',
      'recommends',
      'supplements',
    ] as const)('keeps %s as they are', async kind => {
      const { pkg } = await read(
        relationTags(kind, [
          ['b', EQUAL, '1'],
          ['(x or y)'],
          ['a', PRE],
          ['a', PRE],
        ]),
      );
      expect(asTexts(pkg[kind])).toEqual(['b = 1', '(x or y)', 'a', 'a']);
    });

    it('marks what is needed before and after the installation', async () => {
      const { pkg } = await read(
        relationTags('requires', [
          ['pre', PRE],
          ['post', POST],
          ['prereq', 1 << 6],
          ['preun', PREUN],
          ['interpreter', INTERPRETER],
        ]),
      );
      expect(asTexts(pkg.requires)).toEqual([
        'pre pre',
        'pre post',
        'pre prereq',
        'preun',
        'interpreter',
      ]);
    });

    it('leaves out features of rpm, repetitions and what the package meets itself', async () => {
      const { pkg } = await read({
        ...relationTags('provides', [
          ['own', EQUAL, '1'],
          ['plain'],
          ['newer', EQUAL, '2'],
        ]),
        ...fileTags([
          ['/usr/bin/cart', 0o100755],
          ['/usr/share/cart/data', 0o100644],
        ]),
        ...relationTags('requires', [
          ['/usr/bin/cart'],
          ['/usr/share/cart/data'],
          ['bash'],
          ['bash', PRE],
          ['bash'],
          ['newer', GREATER | EQUAL, '3'],
          ['own', EQUAL, '1'],
          ['plain'],
          ['rpmlib(FileDigests)', LESS | EQUAL | (1 << 24), '4.6.0-1'],
        ]),
      });
      expect(asTexts(pkg.requires)).toEqual([
        '/usr/share/cart/data',
        'bash',
        'pre bash',
        'newer >= 3',
      ]);
    });

    it('keeps the newest symbol version of glibc per word size, at the end', async () => {
      const { pkg } = await read(
        relationTags('requires', [
          ['libc.so.6'],
          ['libc.so.6()(64bit)'],
          ['libc.so.6(GLIBC_2.34)(64bit)'],
          ['libc.so.6(GLIBC_2.4)(64bit)'],
          ['libc.so.6(GLIBC_2.9)(64bit)'],
          ['libc.so.6(GLIBC_2.4)'],
          ['libm.so.6(GLIBC_2.4)(64bit)'],
          ['libm.so.6(GLIBC_2.5)(64bit)'],
        ]),
      );
      expect(asTexts(pkg.requires)).toEqual([
        'libm.so.6(GLIBC_2.4)(64bit)',
        'libm.so.6(GLIBC_2.5)(64bit)',
        'libc.so.6(GLIBC_2.4)',
        'libc.so.6(GLIBC_2.34)(64bit)',
      ]);
    });

    it('refuses lists of different lengths', async () => {
      await expect(
        read({
          ...relationTags('requires', [['a'], ['b']]),
          [RELATION_TAGS.requires.version]: ['1'],
        }),
      ).rejects.toThrow('its requires are inconsistent');
    });
  });

  describe('files', () => {
    it('tells folders, ghosts and files', async () => {
      const { pkg } = await read(
        fileTags([
          ['/usr/bin/cart', 0o100755],
          ['/usr/share/cart', 0o040755],
          ['/var/lib/cart', 0o040755, 1 << 6],
          ['/var/lib/cart/state', 0o100644, 1 << 6],
          ['/usr/share/cart/link', 0o120777],
          ['cart.spec', 0o100644],
        ]),
      );
      expect(pkg.files).toEqual([
        { type: 'file', path: '/usr/bin/cart' },
        { type: 'dir', path: '/usr/share/cart' },
        { type: 'dir', path: '/var/lib/cart' },
        { type: 'ghost', path: '/var/lib/cart/state' },
        { type: 'file', path: '/usr/share/cart/link' },
        { type: 'file', path: 'cart.spec' },
      ]);
    });

    it.each<[string, TagMap]>([
      ['a folder that is not there', { [RpmTag.DIRINDEXES]: { int32: [1] } }],
      ['a missing mode', { [RpmTag.FILEMODES]: { int16: [] } }],
      ['a flag too many', { [RpmTag.FILEFLAGS]: { int32: [0, 0] } }],
    ])('refuses %s', async (_, tags) => {
      await expect(
        read({ ...fileTags([['/usr/bin/cart', 0o100755]]), ...tags }),
      ).rejects.toThrow('its file list is inconsistent');
    });
  });

  describe('changelogs', () => {
    const changelogTags = (times: number[]): TagMap => ({
      [RpmTag.CHANGELOGTIME]: { int32: times },
      [RpmTag.CHANGELOGNAME]: times.map((_, i) => `author ${i}  `),
      [RpmTag.CHANGELOGTEXT]: times.map((_, i) => `- text ${i}`),
    });

    it('keeps the newest ten, the oldest of them first', async () => {
      const times = Array.from({ length: 12 }, (_, i) => 2000 - 10 * i);
      const { pkg } = await read(changelogTags(times));
      expect(pkg.changelogs).toHaveLength(10);
      expect(pkg.changelogs[0]).toEqual({
        author: 'author 9',
        time: 1910,
        text: '- text 9',
      });
      expect(pkg.changelogs[9].text).toBe('- text 0');
    });

    it('keeps as many as asked for', async () => {
      const { pkg } = await read(changelogTags([3, 2, 1]), {}, 1);
      expect(pkg.changelogs.map(({ text }) => text)).toEqual(['- text 0']);
    });

    it.each([
      [
        [30, 20, 20, 10],
        [10, 20, 21, 30],
      ],
      [
        [3, 2, 2, 2],
        [2, 3, 4, 5],
      ],
      [
        [5, 9, 9, 1],
        [1, 9, 10, 5],
      ],
    ])('sets times %j apart', async (times, expected) => {
      const { pkg } = await read(changelogTags(times));
      expect(pkg.changelogs.map(({ time }) => time)).toEqual(expected);
    });

    it('refuses lists of different lengths', async () => {
      await expect(
        read({ ...changelogTags([2, 1]), [RpmTag.CHANGELOGTEXT]: ['- text'] }),
      ).rejects.toThrow('its changelog is inconsistent');
    });
  });
});

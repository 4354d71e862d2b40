import fc from 'fast-check';
import {
  collect,
  createPackage,
  readAllPackages,
  renderPackages,
} from '../__testUtils__/metadata';
import { rpmPackage } from '../__testUtils__/arbitraries';
import { RpmPackage } from '../package';
import { readPackages } from './readPackages';

const sourcesOf = (packages: RpmPackage[]) => ({
  primary: [renderPackages('primary', packages)],
  filelists: [renderPackages('filelists', packages)],
  other: [renderPackages('other', packages)],
});

const bear = createPackage({
  name: 'bear',
  pkgId: 'b'.repeat(64),
  files: [
    { type: 'dir', path: '/usr/share/bear' },
    { type: 'file', path: '/usr/bin/bear' },
  ],
  changelogs: [{ author: 'B', time: 1, text: 'first' }],
});
const wolf = createPackage({
  name: 'wolf',
  pkgId: 'c'.repeat(64),
  files: [{ type: 'ghost', path: '/var/wolf' }],
  changelogs: [{ author: 'W', time: 2, text: 'second' }],
});

describe('readPackages', () => {
  it('reads back whatever the writers write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rpmPackage, { maxLength: 4 }),
        async packages => {
          expect(await readAllPackages(sourcesOf(packages))).toEqual(packages);
        },
      ),
    );
  });

  it('reads the same however the files are cut into chunks', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(rpmPackage, sizes, async (pkg, chunkSizes) => {
        const cut = function* cut(text: string) {
          const bytes = Buffer.from(text);
          for (let start = 0, i = 0; start < bytes.length; i++) {
            const size = chunkSizes[i % chunkSizes.length];
            yield bytes.subarray(start, start + size);
            start += size;
          }
        };
        const read = await readAllPackages({
          primary: cut(renderPackages('primary', [pkg])),
          filelists: cut(renderPackages('filelists', [pkg])),
          other: cut(renderPackages('other', [pkg])),
        });
        expect(read).toEqual([pkg]);
      }),
      { numRuns: 30 },
    );
  });

  it('joins files that list the packages in different orders', async () => {
    const packages = await readAllPackages({
      primary: [renderPackages('primary', [bear, wolf])],
      filelists: [renderPackages('filelists', [wolf, bear])],
      other: [renderPackages('other', [wolf, bear])],
    });

    expect(packages).toEqual([bear, wolf]);
  });

  it('takes the files of primary when there is no filelists', async () => {
    const packages = await readAllPackages({
      primary: [renderPackages('primary', [bear])],
    });

    expect(packages).toEqual([
      {
        ...bear,
        files: [{ type: 'file', path: '/usr/bin/bear' }],
        changelogs: [],
      },
    ]);
  });

  it('reports packages that one file lacks and ignores those it has too many', async () => {
    const { items, result } = await collect(
      readPackages({
        primary: [renderPackages('primary', [bear])],
        filelists: [renderPackages('filelists', [wolf])],
        other: [renderPackages('other', [wolf, bear, wolf])],
      }),
    );

    expect(items).toEqual([
      { ...bear, files: [{ type: 'file', path: '/usr/bin/bear' }] },
    ]);
    expect(result).toEqual([
      { kind: 'filelists', absent: 1, surplus: 1 },
      { kind: 'other', absent: 0, surplus: 2 },
    ]);
  });

  it('keeps a package that is listed twice, for the caller to choose', async () => {
    const packages = [bear, { ...bear, locationHref: 'again/bear.rpm' }];

    expect(await readAllPackages(sourcesOf(packages))).toEqual(packages);
  });

  it.each(['primary', 'filelists', 'other'] as const)(
    'fails when %s is cut off, even after the last package',
    async kind => {
      const sources = sourcesOf([bear, wolf]);
      const cut = { ...sources, [kind]: [sources[kind][0].slice(0, -5)] };

      await expect(readAllPackages(cut)).rejects.toMatchObject({
        name: 'RepodataError',
        kind,
        message: expect.stringMatching(
          new RegExp(`^${kind}\\.xml is not well-formed XML: line \\d+: `),
        ),
      });
    },
  );

  it.each(['primary', 'filelists', 'other'] as const)(
    'fails when %s has fewer packages than it announces',
    async kind => {
      const sources = sourcesOf([bear, wolf]);
      const short = renderPackages(kind, [bear, wolf]).replace(
        'packages="2"',
        'packages="3"',
      );

      await expect(
        readAllPackages({ ...sources, [kind]: [short] }),
      ).rejects.toThrow(`${kind}.xml announces 3 packages but has 2`);
    },
  );

  it('lets go of every source when the consumer stops early', async () => {
    const closed: string[] = [];
    const source = async function* source(name: string, text: string) {
      try {
        yield text.slice(0, text.indexOf('</package>') + 10);
        yield text.slice(text.indexOf('</package>') + 10);
      } finally {
        closed.push(name);
      }
    };
    const [primary, filelists, other] = (
      ['primary', 'filelists', 'other'] as const
    ).map(kind => source(kind, renderPackages(kind, [bear, wolf])));

    for await (const batch of readPackages({ primary, filelists, other })) {
      expect(batch).toEqual([bear]);
      break;
    }

    expect(closed.sort()).toEqual(['filelists', 'other', 'primary']);
  });
});

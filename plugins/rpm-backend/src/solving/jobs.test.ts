import { mkdtemp, readdir, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { packFiles, packRelations } from '../content-units/packing';
import { COLUMN_END, ROW_END } from '../content-units/solverPackage';
import type { StoredSolverModule } from '../database/operations/solving';
import { buildImage, keepImage, readImage } from './imageJobs';
import type { BuildBatch, SharedImage } from './jobTypes';
import { ReceivedClosure } from './SolvedParts';
import { solve } from './solveJob';
import { NO_UNITS, toUnitSet } from './unitSets';

function row(unit: number, name: string, requires: string[] = []): string {
  return [
    unit,
    name,
    '0',
    '1',
    '1',
    'noarch',
    '',
    packRelations(requires.map(of => ({ name: of }))),
    '',
    '',
    '',
    '',
    packFiles([{ type: 'file', path: `/usr/bin/${name}` }]),
  ].join(COLUMN_END);
}

function module(
  unit: number,
  name: string,
  artifacts: string[],
  dependencies: object[] = [],
): StoredSolverModule {
  return {
    unit_id: unit,
    name,
    stream: 'main',
    version: '1',
    context: 'c0',
    arch: 'noarch',
    artifacts_json: JSON.stringify(artifacts),
    dependencies_json: JSON.stringify(dependencies),
  };
}

const packages = (...rows: string[]): BuildBatch => ({
  kind: 'packages',
  packed: rows.join(ROW_END),
});
const modules = (...rows: StoredSolverModule[]): BuildBatch => ({
  kind: 'modules',
  rows,
});

const patient = {
  emit: async () => {},
  batches: (async function* nothing() {})(),
  checkCancelled() {},
};

async function build(
  batches: BuildBatch[],
  sources: SharedImage[] = [],
  options: { wanted?: number[]; stale?: number[] } = {},
): Promise<SharedImage> {
  const all = Array.from({ length: 50 }, (_, unit) => unit);
  return buildImage(
    {
      wanted: toUnitSet(options.wanted ?? all),
      sources: sources.map(({ bytes }) => ({
        bytes,
        stale: options.stale ? toUnitSet(options.stale) : NO_UNITS,
      })),
    },
    {
      ...patient,
      batches: (async function* feed() {
        yield* batches;
      })(),
    },
  );
}

let lastImage = 0;

/** The units that come along from one version to another. */
async function solved(
  { bytes }: SharedImage,
  source: number[],
  destination: number[],
  requested: number[],
  checkCancelled = () => {},
): Promise<number[]> {
  lastImage += 1;
  const received = new ReceivedClosure();
  const rest = await solve(
    {
      pool: {
        imageId: String(lastImage),
        bytes,
        repositories: [
          { key: 's', units: toUnitSet(source) },
          { key: 'd', units: toUnitSet(destination) },
        ],
      },
      request: {
        entries: [{ id: '0', source: 's', destination: 'd', requested }],
        keptMissing: 10,
        allowMissing: [],
      },
    },
    {
      ...patient,
      emit: async part => received.receive(part),
      checkCancelled,
    },
  );
  return received.complete(rest).entries[0].added.map(({ unit }) => unit);
}

const APP = [row(1, 'app', ['lib', '/usr/bin/tool'])];
const LIBS = [row(2, 'lib'), row(3, 'tool'), row(4, 'other')];

describe('the jobs of solving', () => {
  it('find dependencies among what they are fed with', async () => {
    const image = await build([packages(...APP), packages(...LIBS)]);
    expect(await solved(image, [1, 2, 3, 4], [], [1])).toEqual([2, 3]);
    expect(await solved(image, [1, 2, 3, 4], [2], [1])).toEqual([3]);
  });

  it('find them in images, or in these and what they are fed with', async () => {
    const apps = await build([packages(...APP)]);
    const libs = await build([packages(...LIBS)]);
    for (const image of [
      await build([], [apps, libs]),
      await build([packages(...APP)], [libs]),
    ]) {
      expect(await solved(image, [1, 2, 3, 4], [], [1])).toEqual([2, 3]);
    }
  });

  it('take of an image what is wanted and still true', async () => {
    const old = await build([packages(row(1, 'app', ['old']), ...LIBS)]);
    const image = await build([packages(row(1, 'app', ['lib']))], [old], {
      wanted: [1, 2, 3],
      stale: [1],
    });
    expect([...image.units]).toEqual([1, 2, 3]);
    expect(await solved(image, [1, 2, 3], [], [1])).toEqual([2]);
  });

  it('recognise artifacts, and bring required modules with theirs', async () => {
    const image = await build([
      modules(
        module(
          11,
          'web',
          ['web-0:1-1.noarch'],
          [{ requires: { platform: ['el9'], db: ['main'] } }],
        ),
        module(12, 'db', ['db-0:1-1.noarch', 'unreadable', 'gone-1-1.x']),
      ),
      packages(row(1, 'web'), row(2, 'db'), row(3, 'other')),
    ]);
    expect(await solved(image, [1, 2, 3, 11, 12], [], [11])).toEqual([
      2, 1, 12,
    ]);
    expect(await solved(image, [1, 2, 11, 12], [11, 12], [1])).toEqual([]);
  });

  it('keep an image of some units in a file and read it again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rpm-images-'));
    try {
      const path = join(folder, 'image');
      const { bytes } = await build([packages(...APP, ...LIBS)]);
      await keepImage(
        {
          bytes,
          units: toUnitSet([1, 2, 3]),
          path,
          temporaryPath: join(folder, 'temporary'),
        },
        patient,
      );
      expect(await readdir(folder)).toEqual(['image']);
      const image = await readImage({ path });
      expect([...image.units]).toEqual([1, 2, 3]);
      expect(await solved(image, [1, 2, 3], [], [1])).toEqual([2, 3]);

      const damaged = await readFile(path);
      await writeFile(path, damaged.subarray(0, damaged.length - 20));
      await expect(readImage({ path })).rejects.toMatchObject({
        name: 'ImageFormatError',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([0, 1])('stop when asked to, at look %i', async look => {
    const image = await build([packages(...APP, ...LIBS)]);
    let looks = 0;
    const cancelled = new Error('cancelled');
    await expect(
      solved(image, [1, 2, 3, 4], [], [1], () => {
        if (looks === look) throw cancelled;
        looks += 1;
      }),
    ).rejects.toBe(cancelled);
  });
});

import {
  imageUnits,
  PoolBuilder,
  readProblem,
  type PackageRecord,
} from '@rpmportal/rpm-solver';
import { createHash, randomUUID } from 'crypto';
import { mkdtemp, readdir, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import type { VersionRecord } from '../repository';
import { TemporaryFolders } from '../storage/TemporaryFolders';
import type { WorkerPool } from '../workers';
import { writeProblemFile } from './problemJob';
import { SolverProblems } from './SolverProblems';
import type { ProvidedImage } from './SolverImages';
import { NO_UNITS, toUnitSet } from './unitSets';

/** Enough for a file that no buffer on its way holds. */
const LIBRARIES = 4_000;

/** Texts that do not compress. */
const nameOf = (index: number) =>
  createHash('sha256').update(String(index)).digest('hex');

function pkg(unit: number, name: string, requires: string[]): PackageRecord {
  return {
    unit,
    name,
    epoch: '0',
    version: '1',
    release: '1',
    arch: 'noarch',
    provides: [],
    requires: requires.map(of => ({ name: of })),
    conflicts: [],
    obsoletes: [],
    recommends: [],
    supplements: [],
    files: [],
  };
}

const version = (id: number) => ({ id } as VersionRecord);

describe('problems of the solver', () => {
  let root: string;
  let provided: ProvidedImage;
  let isWritten: boolean;
  let problems: SolverProblems;

  const question = {
    entries: [{ id: '0', source: '1', destination: '2', requested: [1] }],
  };
  const write = () =>
    problems.writeProblem(
      new AbortController().signal,
      [version(1), version(2)],
      question,
    );
  const leftovers = async () => {
    const [own] = await readdir(root);
    return readdir(join(root, own));
  };

  beforeAll(() => {
    const libraries = Array.from({ length: LIBRARIES }, (_, i) => nameOf(i));
    const builder = new PoolBuilder();
    builder.addPackage(pkg(1, 'app', libraries));
    libraries.forEach((name, i) => builder.addPackage(pkg(i + 2, name, [])));
    const image = builder.build();
    const units = toUnitSet(imageUnits(image));
    const membership = (id: number, all = NO_UNITS) => ({
      version: version(id),
      packages: all,
      modules: NO_UNITS,
      units: all,
      defaultStreams: {},
    });
    provided = {
      image: {
        ...image,
        units,
        id: randomUUID(),
        asOf: '',
        corrected: new Set(),
      },
      memberships: [membership(1, units), membership(2)],
    };
  });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'rpm-problems-'));
    isWritten = false;
    const threads = {
      run: async (_: string, input: any) => {
        await writeProblemFile(input, {
          emit: async () => {},
          batches: (async function* nothing() {})(),
          checkCancelled() {},
        });
        isWritten = true;
      },
    };
    const folders = new TemporaryFolders(root);
    problems = new SolverProblems({
      threads: threads as unknown as WorkerPool,
      images: { provide: async () => provided },
      storage: { workFolder: () => folders.create() },
    });
  });
  afterEach(() => rm(root, { recursive: true }));

  it('are gzipped lines that can be read again', async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of write()) chunks.push(chunk);
    const text = gunzipSync(Buffer.concat(chunks)).toString();
    const { pool } = await readProblem(text.split('\n'));
    expect(pool.packageCount).toBe(LIBRARIES + 1);
    expect(await leftovers()).toEqual([]);
  });

  it('keep no thread while nobody reads on, and no file once nobody will', async () => {
    const reading = write();
    await reading.next();
    expect(isWritten).toBe(true);
    expect(await leftovers()).toHaveLength(1);
    await reading.return();
    expect(await leftovers()).toEqual([]);
  });
});

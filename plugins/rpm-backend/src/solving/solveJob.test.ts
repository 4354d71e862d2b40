import { packFiles, packRelations } from '../content-units/packing';
import type { StoredSolverPackage } from '../content-units/solverPackage';
import type { StoredSolverModule } from '../database/operations/copy';
import { solve } from './solveJob';
import { ReceivedClosure } from './SolvedParts';
import type { SolveBatch } from './jobTypes';

function row(
  unit: number,
  name: string,
  requires: string[] = [],
): StoredSolverPackage {
  return {
    unit_id: unit,
    name,
    epoch: '0',
    version: '1',
    release: '1',
    arch: 'noarch',
    provides: '',
    requires: packRelations(requires.map(of => ({ name: of }))),
    conflicts: '',
    obsoletes: '',
    recommends: '',
    supplements: '',
    files: packFiles([{ type: 'file', path: `/usr/bin/${name}` }]),
  };
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

const version = (key: string): SolveBatch => ({
  kind: 'version',
  key,
  defaultStreams: {},
});
const packages = (key: string, ...rows: StoredSolverPackage[]): SolveBatch => ({
  kind: 'packages',
  key,
  rows,
});
const modules = (key: string, ...rows: StoredSolverModule[]): SolveBatch => ({
  kind: 'modules',
  key,
  rows,
});

async function run(
  batches: SolveBatch[],
  requested: number[],
  checkCancelled = () => {},
) {
  const received = new ReceivedClosure();
  const rest = await solve(
    {
      entries: [{ id: '0', source: 's', destination: 'd', requested }],
      dependencyUpgrade: false,
      keptMissing: 10,
      allowMissing: [],
    },
    {
      batches: (async function* feed() {
        yield* batches;
      })(),
      emit: async part => received.receive(part),
      checkCancelled,
    },
  );
  return received.complete(rest).entries[0].added.map(({ unit }) => unit);
}

describe('the solving job', () => {
  it('finds dependencies among what it is fed with', async () => {
    expect(
      await run(
        [
          version('s'),
          version('d'),
          packages('s', row(1, 'app', ['lib', '/usr/bin/tool'])),
          packages('s', row(2, 'lib'), row(3, 'tool'), row(4, 'other')),
        ],
        [1],
      ),
    ).toEqual([2, 3]);
  });

  it('knows a package that both versions hold', async () => {
    const lib = row(2, 'lib');
    expect(
      await run(
        [
          version('s'),
          version('d'),
          packages('s', row(1, 'app', ['lib']), lib),
          packages('d', lib),
        ],
        [1],
      ),
    ).toEqual([]);
  });

  it('recognises artifacts, and brings required modules with theirs', async () => {
    expect(
      await run(
        [
          version('s'),
          modules(
            's',
            module(
              11,
              'web',
              ['web-0:1-1.noarch'],
              [{ requires: { platform: ['el9'], db: ['main'] } }],
            ),
            module(12, 'db', ['db-0:1-1.noarch', 'unreadable', 'gone-1-1.x']),
          ),
          version('d'),
          packages('s', row(1, 'web'), row(2, 'db'), row(3, 'other')),
        ],
        [11],
      ),
    ).toEqual([2, 1, 12]);
  });

  it('knows a module that both versions hold', async () => {
    const web = module(11, 'web', ['web-0:1-1.noarch']);
    expect(
      await run(
        [
          version('s'),
          modules('s', web),
          version('d'),
          modules('d', web),
          packages('s', row(1, 'web')),
        ],
        [1],
      ),
    ).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 5])('stops when asked to, at look %i', async look => {
    let looks = 0;
    const cancelled = new Error('cancelled');
    await expect(
      run(
        [version('s'), version('d'), packages('s', row(1, 'app'))],
        [1],
        () => {
          if (looks === look) throw cancelled;
          looks += 1;
        },
      ),
    ).rejects.toBe(cancelled);
  });
});

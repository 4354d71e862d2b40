import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { toRepositories } from '../__testUtils__/copy';
import { module, moduleUnitOf, pkg, unitOf } from '../__testUtils__/packages';
import type { ClosureRequest } from '../closure/request';
import { planForMachines } from '../machines/planForMachines';
import { oracleWorlds } from '../oracle/__testUtils__/worlds';
import { openPool } from '../pool/openPool';
import { buildPool, PoolBuilder } from '../pool/PoolBuilder';
import { ProblemFormatError, readProblem } from './readProblem';
import { linesOfFile, replay } from './replay';
import { writeProblem } from './writeProblem';

const NODE = 'node:20:1:aa:noarch';

const pool = buildPool(
  toRepositories({
    source: {
      packages: [
        pkg('app-1-1', { requires: ['lib >= 2', '(tool or other)'] }),
        pkg('lib-1-1'),
        pkg('lib-2-1', { requires: ['/usr/bin/sh', 'libx.so.2()(64bit)'] }),
        pkg('tool-1-1', { conflicts: ['lib < 2'] }),
        pkg('bash-1-1', { files: ['/usr/bin/sh', '/usr/bin/bash'] }),
        pkg('js-1-1'),
        pkg('x-1-1', { provides: ['libx.so.1()(64bit)'] }),
        pkg('unrelated-1-1.x86_64', { requires: ['app'] }),
      ],
      modules: [module(NODE, { artifacts: ['js-1-1'] })],
      defaultStreams: { node: '20' },
    },
    destination: [pkg('bystander-1-1.x86_64')],
  }),
);

const request: ClosureRequest = {
  entries: [
    {
      id: '0',
      source: 'source',
      destination: 'destination',
      requested: [unitOf('app-1-1'), moduleUnitOf(NODE)],
    },
  ],
};

const lines = [...writeProblem(pool, request)];

describe('a problem that was written down', () => {
  it('has what matters, and the machines that all packages tell of', () => {
    const parsed = lines.map(line => JSON.parse(line));
    expect(parsed.flatMap(line => line.package?.name ?? []).sort()).toEqual([
      'app',
      'bash',
      'js',
      'lib',
      'lib',
      'tool',
      'x',
    ]);
    expect(parsed[0]).toEqual({
      kind: 'problem',
      format: 1,
      request: { ...request, architectures: ['x86_64'] },
    });
  });

  it('has the same plan when it is read', async () => {
    const problem = await readProblem(lines);
    const plan = planForMachines(problem.pool, problem.request);
    expect(plan).toEqual(planForMachines(pool, request));
    expect(plan.missing.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('x-1-1.noarch (libx.so.1()(64bit))'),
    ]);
  });

  it('has the same plan, whatever the repositories hold', async () => {
    await fc.assert(
      fc.asyncProperty(oracleWorlds(2), async world => {
        const { sources, destinations, defaultStreams, requested } = world;
        const builder = new PoolBuilder();
        world.packages.forEach(one => builder.addPackage(one));
        world.modules.forEach(one => builder.addModule(one));
        const whole = openPool(builder.build(), [
          ...sources.map((units, i) => ({
            key: `s${i}`,
            units,
            defaultStreams,
          })),
          ...destinations.map((units, i) => ({ key: `d${i}`, units })),
        ]);
        const { architectures, ...options } = world.options;
        const asked: ClosureRequest = {
          ...options,
          entries: requested.map((units, i) => ({
            id: `e${i}`,
            source: `s${i}`,
            destination: `d${i}`,
            requested: units,
          })),
        };
        for (const one of [asked, { ...asked, architectures }]) {
          const read = await readProblem(writeProblem(whole, one));
          expect(planForMachines(read.pool, read.request)).toEqual(
            planForMachines(whole, one),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is whole where only some entries name an architecture', async () => {
    const some: ClosureRequest = {
      entries: [
        ...request.entries,
        {
          id: '1',
          source: 'destination',
          destination: 'source',
          requested: [],
          architecture: 'x86_64',
        },
      ],
    };
    const read = await readProblem(writeProblem(pool, some));
    expect(read.pool.packageCount).toBe(pool.packageCount);
    expect(planForMachines(read.pool, read.request)).toEqual(
      planForMachines(pool, some),
    );
  });

  it.each([
    [[], 'no problem in it'],
    [['{'], 'Line 1 is no JSON'],
    [[lines[1]], 'Line 1 is no beginning'],
    [['', '{"kind":"problem","format":9}'], 'in format 9 instead of 1'],
    [[lines[0], '{"kind":"else"}'], 'Line 2 is of no known kind'],
  ])('is refused when it is something else: %#', async (given, message) => {
    await expect(readProblem(given)).rejects.toThrow(ProblemFormatError);
    await expect(readProblem(given)).rejects.toThrow(message);
  });
});

describe('a replay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['problem.jsonl', Buffer.from(lines.join('\n'))],
    ['problem.gz', gzipSync(lines.join('\n'))],
  ])('tells the plan of %s', async (name, content) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const [size, ...told] = await replay(await linesOfFile(file));
    expect(size).toMatch(/^Packages: 7, modules: 1, planned in \d+ ms$/);
    expect(told).toContain('Units that come along in entry 0: 4');
    expect(told).toContain('Missing requirements: 1');
    expect(told.join('\n')).toContain(
      'app-1-1.noarch → requires lib >= 2 → lib-2-1.noarch',
    );
  });

  it('says what is wrong with a file', async () => {
    const file = join(folder, 'cut.gz');
    writeFileSync(file, gzipSync(lines.join('\n')).subarray(0, 100));
    await expect(linesOfFile(file)).rejects.toThrow('unexpected end of file');
  });
});

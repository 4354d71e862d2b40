import { execFile } from 'child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { promisify } from 'util';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import { createTestDatabases } from '../testing';
import { describeWithTool } from '../testing/describeWithTool';
import { PublishTester } from './testing/PublishTester';

jest.setTimeout(120_000);

const PYTHON = '/usr/bin/python3';
const SCRIPT = resolve(__dirname, 'testing/readRepository.py');
const databases = createTestDatabases();

interface Reading {
  packages: Record<string, unknown>;
  advisories: Record<string, unknown>;
  records: string[];
}

async function read(folder: string): Promise<Reading> {
  const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

describeWithTool(
  'python3-createrepo-c',
  'published metadata as createrepo_c reads them',
  () => {
    let tester: PublishTester;
    let folder: string;

    beforeAll(async () => {
      tester = await PublishTester.start(await databases.init('SQLITE_3'));
      folder = await mkdtemp(join(tmpdir(), 'rpm-published-'));
    });
    afterAll(async () => {
      await tester.stop();
      await rm(folder, { recursive: true });
    });

    /** Fetches the metadata of a repository as a mirror tool does. */
    async function mirror(base: string, target: string): Promise<void> {
      for (const name of await tester.list(`${base}/repodata/`)) {
        const { body } = await tester.fetch(`${base}/repodata/${name}`);
        const path = join(target, 'repodata', name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, body);
      }
    }

    it.each([
      ['zoo', 'gz', 'nested_alphabetically'],
      ['repo-2', 'gz', 'flat'],
      ['repo-2', 'none', 'nested_by_digest'],
    ] as const)(
      'say of %s what its own metadata say, packed as %s',
      async (example, compression, layout) => {
        const repository = await tester.exampleOf(example);
        await tester.publish(repository, {
          compression_type: compression,
          layout,
        });
        const base = await tester.distribute({ repository });
        const target = join(folder, base);
        await mirror(base, target);

        const expected = await read(EXAMPLE_FOLDERS[example]);
        const actual = await read(target);
        expect(Object.keys(actual.packages)).toHaveLength(
          Object.keys(expected.packages).length,
        );
        expect(actual.packages).toEqual(expected.packages);
        expect(actual.advisories).toEqual(expected.advisories);
        // The example has its groups compressed, too.
        expect(actual.records).toEqual(
          expected.records.filter(type => type !== 'group_gz'),
        );
      },
    );
  },
  [PYTHON, '-c', 'import createrepo_c'],
);

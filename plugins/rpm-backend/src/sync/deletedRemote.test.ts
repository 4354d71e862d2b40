import { createHash } from 'crypto';
import { createTestDatabases } from '../testing';
import { composeRepository } from './testing/composeRepository';
import { SyncTester } from './testing/SyncTester';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** More packages than files are looked up at a time. */
const COUNT = 501;
const FIRST = 'p0';

function contentOf(name: string): string {
  return name === FIRST ? 'the first file' : 'any other file';
}

function renderPackage(name: string): string {
  const content = contentOf(name);
  const id = createHash('sha256').update(content).digest('hex');
  return `<package type="rpm"><name>${name}</name><arch>noarch</arch>
<version epoch="0" ver="1" rel="1"/><checksum type="sha256" pkgid="YES">${id}</checksum>
<size package="${content.length}"/><location href="${name}.rpm"/></package>`;
}

function repositoryOf(names: readonly string[]): Map<string, Uint8Array> {
  const packages = names.map(renderPackage).join('');
  return composeRepository([
    {
      type: 'primary',
      content: `<metadata packages="${names.length}">${packages}</metadata>`,
    },
  ]);
}

describe.each(databases.eachSupportedId())(
  'a remote that is deleted on %p',
  databaseId => {
    let tester: SyncTester;

    beforeAll(async () => {
      tester = await SyncTester.start(await databases.init(databaseId));
    });
    afterAll(() => tester.stop());

    function remoteOf(name: string, packages: readonly string[]) {
      return tester.createRemote(
        tester.server.compose(name, repositoryOf(packages)),
        { policy: 'immediate' },
      );
    }

    it('fails the sync that fetches its files', async () => {
      const names = Array.from({ length: COUNT }, (_, i) => `p${i}`);
      const remote = await remoteOf('deleted', names);
      for (const name of names) {
        tester.server.answer(`/deleted/${name}.rpm`, contentOf(name));
      }
      tester.server.answer(`/deleted/${FIRST}.rpm`, async response => {
        await tester.rpm.delete(remote);
        response.end(contentOf(FIRST));
      });
      const repository = await tester.createRepository();
      const task = await tester.sync(repository, { remote });
      expect(task).toMatchObject({
        state: 'failed',
        error: {
          error_code: 'PLP0005',
          description: expect.stringContaining('The remote was deleted'),
        },
      });
      expect(await tester.latest(repository)).toBe(0);
    });
  },
);

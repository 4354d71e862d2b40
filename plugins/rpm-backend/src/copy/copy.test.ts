import { createTestDatabases } from '../testing';
import type { UnitsByName } from '../testing/units';
import { CopyTester } from './testing/CopyTester';

jest.setTimeout(120_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('copy on %p', databaseId => {
  let tester: CopyTester;
  let zoo: string;
  let animals: UnitsByName;

  beforeAll(async () => {
    tester = await CopyTester.start(await databases.init(databaseId));
    zoo = await tester.synced('zoo');
    animals = await tester.units(zoo);
  });
  afterAll(() => tester.stop());

  const hrefs = (...names: string[]) => names.map(name => animals[name]);

  it('brings what a package requires', async () => {
    const destination = await tester.repository();
    const task = await tester.copy([
      {
        source_repo_version: zoo,
        dest_repo: destination,
        content: hrefs('whale-0.2-1.noarch'),
      },
    ]);
    expect(await tester.content(destination)).toEqual([
      'shark-0.1-1.noarch',
      'stork-0.12-2.noarch',
      'whale-0.2-1.noarch',
    ]);
    expect(task.name).toBe('pulp_rpm.app.tasks.copy.copy_content');
    expect(task.created_resources).toEqual([`${destination}versions/1/`]);
    expect(task.result).toMatchObject({ outcome: 'created' });
  });
});

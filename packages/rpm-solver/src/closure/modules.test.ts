import { copy } from '../__testUtils__/copy';
import { module, pkg } from '../__testUtils__/packages';

const NODE_10 = 'nodejs:10:1:aa:x86_64';
const NODE_12 = 'nodejs:12:1:aa:x86_64';
const NODE_12_NEWER = 'nodejs:12:2:aa:x86_64';
const PLATFORM = 'platform:el8';

const node10 = pkg('node-10-1.x86_64', { provides: ['js'] });
const node12 = pkg('node-12-1.x86_64', { provides: ['js'] });
const npm12 = pkg('npm-12-1.x86_64', { requires: ['node', 'ssl'] });
const ssl = pkg('ssl-1-1.x86_64');
const packages = [node10, node12, npm12, ssl];
const modules = [
  module(NODE_10, { artifacts: ['node-10-1.x86_64'], requires: [PLATFORM] }),
  module(NODE_12, {
    artifacts: ['node-12-1.x86_64', 'npm-12-1.x86_64', 'gone-1-1.x86_64'],
    requires: [PLATFORM],
  }),
];
const source = { packages, modules };

describe('modules', () => {
  it('bring their artifacts and what these need', () => {
    const { added, chains, missing } = copy({ source, destination: [] }, [
      { requested: [NODE_12] },
    ]);
    expect(added[0]).toEqual([
      'node-12-1.x86_64',
      'npm-12-1.x86_64',
      'ssl-1-1.x86_64',
    ]);
    expect(missing).toEqual([]);
    expect(chains['ssl-1-1.x86_64']).toBe(
      `requested module ${NODE_12} → has the artifact npm-12-1.x86_64 → requires ssl → ssl-1-1.x86_64`,
    );
  });

  it('bring two streams side by side', () => {
    const { added } = copy({ source, destination: [] }, [
      { requested: [NODE_10, NODE_12] },
    ]);
    expect(added[0]).toEqual([
      'node-10-1.x86_64',
      'node-12-1.x86_64',
      'npm-12-1.x86_64',
      'ssl-1-1.x86_64',
    ]);
  });

  it('come along with a modular package, without the rest of their artifacts', () => {
    const { added, chains } = copy({ source, destination: [] }, [
      { requested: ['node-12-1.x86_64'] },
    ]);
    expect(added[0]).toEqual([NODE_12]);
    expect(chains[NODE_12]).toBe(
      `requested node-12-1.x86_64 → belongs to module ${NODE_12}`,
    );
  });

  it('stay away when the destination has one that the package belongs to', () => {
    const newer = module(NODE_12_NEWER, { artifacts: ['node-12-1.x86_64'] });
    const repositories = (modulesThere: typeof modules) => ({
      source: { packages, modules: [...modules, newer] },
      destination: { packages: [], modules: modulesThere },
    });
    const requested = ['node-12-1.x86_64'];
    expect(copy(repositories([modules[1]]), [{ requested }]).added[0]).toEqual(
      [],
    );
    expect(copy(repositories([]), [{ requested }]).added[0]).toEqual([
      NODE_12_NEWER,
    ]);
  });

  it('are the last resort for an ordinary requirement', () => {
    const app = pkg('app-1-1.x86_64', { requires: ['js'] });
    const plain = pkg('zjs-1-1.x86_64', { provides: ['js'] });
    const planned = (
      defaultStreams: Record<string, string>,
      extra = [app, plain],
    ) =>
      copy(
        {
          source: {
            packages: [...packages, ...extra],
            modules,
            defaultStreams,
          },
          destination: [],
        },
        [{ requested: ['app-1-1.x86_64'] }],
      ).added[0];
    expect(planned({})).toEqual(['zjs-1-1.x86_64']);
    expect(planned({ nodejs: '10' })).toEqual(['node-10-1.x86_64', NODE_10]);
    expect(planned({}, [app])).toEqual(['node-12-1.x86_64', NODE_12]);
  });

  it('bring the streams they require, with their artifacts', () => {
    const perl = (stream: string) => `perl:${stream}:1:cc:x86_64`;
    const repositories = {
      source: {
        packages: [
          ...packages,
          pkg('perl-5.24-1.x86_64'),
          pkg('perl-5.26-1.x86_64'),
        ],
        modules: [
          module(perl('5.24'), { artifacts: ['perl-5.24-1.x86_64'] }),
          module(perl('5.26'), { artifacts: ['perl-5.26-1.x86_64'] }),
          module('app:1:1:dd:x86_64', { requires: ['perl:5.24', PLATFORM] }),
          module('app:2:1:dd:x86_64', { requires: ['perl'] }),
          module('app:3:1:dd:x86_64', { requires: ['perl:-5.26'] }),
        ],
      },
      destination: [],
    };
    const planned = (requested: string) =>
      copy(repositories, [{ requested: [requested] }]);
    expect(planned('app:1:1:dd:x86_64').added[0]).toEqual([
      'perl-5.24-1.x86_64',
      perl('5.24'),
    ]);
    expect(planned('app:1:1:dd:x86_64').chains[perl('5.24')]).toBe(
      `requested module app:1:1:dd:x86_64 → requires the module perl:5.24 → module ${perl(
        '5.24',
      )}`,
    );
    expect(planned('app:2:1:dd:x86_64').added[0]).toEqual([
      'perl-5.26-1.x86_64',
      perl('5.26'),
    ]);
    expect(planned('app:3:1:dd:x86_64').added[0]).toEqual([
      'perl-5.24-1.x86_64',
      perl('5.24'),
    ]);
  });

  it('say which stream they lack', () => {
    const { plan } = copy(
      {
        source: {
          modules: [
            module('app:1:1:dd:x86_64', { requires: ['perl:5.30,5.32'] }),
          ],
        },
        destination: [],
      },
      [{ requested: ['app:1:1:dd:x86_64'] }],
    );
    expect(plan.missing).toEqual([
      expect.objectContaining({
        problem: 'no-module',
        requirement: 'perl:[5.30,5.32]',
        sentence:
          'Module app:1:1:dd:x86_64 requires the module perl:[5.30,5.32], which no source and no destination has.',
      }),
    ]);
  });
});

import { ANIMALS } from '../__testUtils__/animals';
import { copy } from '../__testUtils__/copy';
import { pkg } from '../__testUtils__/packages';

describe('chains', () => {
  it('lead from a requested package by the shortest way', () => {
    const { chains } = copy({ source: ANIMALS, destination: [] }, [
      { requested: ['chimpanzee-0.21-1', 'walrus-0.71-1', 'zebra-0.1-2'] },
    ]);
    expect(chains['shark-0.1-1.noarch']).toBe(
      'requested walrus-0.71-1.noarch → requires whale → whale-0.2-1.noarch → requires shark → shark-0.1-1.noarch',
    );
    expect(chains['camel-0.1-1.noarch']).toBe(
      'requested chimpanzee-0.21-1.noarch → requires squirrel → squirrel-0.1-1.noarch → requires camel → camel-0.1-1.noarch',
    );
  });

  it('name the relation as the metadata does', () => {
    const { chains } = copy(
      {
        source: [
          pkg('app-1-1', {
            requires: ['libfoo.so.1()(64bit)', 'foo >= 1:1.0', '/usr/bin/foo'],
          }),
          pkg('foo-1:2-1', {
            provides: ['libfoo.so.1()(64bit)'],
            files: ['/usr/bin/foo'],
          }),
        ],
        destination: [],
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(chains).toEqual({
      'foo-1:2-1.noarch':
        'requested app-1-1.noarch → requires /usr/bin/foo → foo-1:2-1.noarch',
    });
  });

  it('show what the destination had before', () => {
    const lib = pkg('lib-1-1', { requires: ['rt'] });
    const { chains } = copy(
      {
        source: [pkg('app-1-1', { requires: ['lib'] }), pkg('rt-1-1')],
        destination: [lib],
      },
      [{ requested: ['app-1-1'] }],
    );
    expect(chains['rt-1-1.noarch']).toBe(
      'requested app-1-1.noarch → requires lib → lib-1-1.noarch (already in the destination) → requires rt → rt-1-1.noarch',
    );
  });
});

describe('sentences on what is missing', () => {
  const sentence = (requires: string, others: string[]) =>
    copy(
      {
        source: [
          pkg('app-1-1', { requires: [requires] }),
          ...others.map(nevra => pkg(nevra)),
        ],
        destination: [],
        elsewhere: [pkg('lib-9-1')],
      },
      [{ requested: ['app-1-1'] }],
    ).plan.missing[0].sentence;

  it('say when nobody provides it', () => {
    expect(sentence('lib', [])).toBe(
      'app-1-1.noarch requires lib, which no source and no destination provides.',
    );
  });

  it('name the newest of what comes near', () => {
    expect(
      sentence('lib > 5', ['lib-1-1', 'lib-2-1', 'lib-3-1', 'lib-4-1']),
    ).toBe(
      'app-1-1.noarch requires lib > 5, for which there is only lib-4-1.noarch (lib = 4-1), lib-3-1.noarch (lib = 3-1), lib-2-1.noarch (lib = 2-1), 1 more.',
    );
  });
});

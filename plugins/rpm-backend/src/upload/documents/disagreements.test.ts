import { findDisagreements } from './disagreements';

const SAID = {
  stream: '1.10',
  context: null,
  description: 'All ducks\n',
  artifacts: ['a-0:1-1.noarch', 'b-0:1-1.noarch'],
  dependencies: [{ requires: { platform: ['el8', 'el9'], perl: [] } }],
  profiles: { default: ['duck'], empty: [] },
};

describe('findDisagreements', () => {
  it.each([
    ['nothing is given', {}],
    ['nothing but null is given', { stream: null, artifacts: null }],
    ['all is given', SAID],
    ['the end of a line is missing', { description: 'All ducks' }],
    [
      'sets are in another order',
      {
        artifacts: ['b-0:1-1.noarch', 'a-0:1-1.noarch'],
        profiles: { empty: [], default: ['duck'] },
        dependencies: [
          {
            buildrequires: {},
            requires: { perl: [], platform: ['el9', 'el8'] },
          },
        ],
      },
    ],
    ['other fields are given', { snippet: 'x', packages: ['y'] }],
  ])('finds none when %s', (_name, given) => {
    expect(findDisagreements(SAID, given)).toEqual({});
  });

  it.each([
    ['stream', '1.1'],
    ['context', 'c0ffee'],
    ['description', 'All geese'],
    ['artifacts', ['a-0:1-1.noarch']],
    ['dependencies', [{ requires: { platform: ['el8'], perl: [] } }]],
    ['profiles', { default: ['duck'] }],
    ['profiles', { default: [], empty: [] }],
  ])('names %s when it differs', (field, value) => {
    expect(Object.keys(findDisagreements(SAID, { [field]: value }))).toEqual([
      field,
    ]);
  });

  it('tells what the document has', () => {
    expect(findDisagreements(SAID, { stream: '2' })).toEqual({
      stream: ['This differs from the snippet, which has "1.10".'],
    });
  });
});

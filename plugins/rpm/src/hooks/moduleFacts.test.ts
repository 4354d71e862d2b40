import { completenessOf, streamNameOf } from './moduleFacts';

describe('completenessOf', () => {
  it('counts what is named once, and tells sources from what clients miss', () => {
    expect(
      completenessOf({
        artifacts: [
          'bear-0:1-1.noarch',
          'bear-0:1-1.noarch',
          'bear-0:1-1.src',
          'cat-0:1-1.nosrc',
          'dog-0:1-1.x86_64',
        ],
        missing_artifacts: [
          'bear-0:1-1.src',
          'cat-0:1-1.nosrc',
          'dog-0:1-1.x86_64',
        ],
      }),
    ).toEqual({
      total: 4,
      present: 1,
      missing: ['dog-0:1-1.x86_64'],
      missingSources: ['bear-0:1-1.src', 'cat-0:1-1.nosrc'],
    });
  });
});

describe('streamNameOf', () => {
  it('writes it as dnf does', () => {
    expect(streamNameOf({ name: 'node', stream: '18' })).toBe('node:18');
  });
});

import { makePackage, makeRepository } from '../__testUtils__';
import {
  choosePackages,
  isComplete,
  nevraOf,
  NOTHING_CHOSEN,
  withoutPackages,
} from './copyChoice';

const [bear, cat, dog] = ['bear', 'cat', 'dog'].map(name =>
  makePackage(name, '1.0-1'),
);
const destination = makeRepository();

function labels(chosen: ReadonlyMap<string, string>) {
  return [...chosen.values()];
}

describe('nevraOf', () => {
  it('names an epoch only when there is one', () => {
    expect(nevraOf(bear)).toBe('bear-1.0-1.noarch');
    expect(nevraOf({ ...bear, epoch: '2' })).toBe('bear-2:1.0-1.noarch');
  });
});

describe('choosePackages', () => {
  it('keeps what was chosen on other pages', () => {
    const first = choosePackages(
      new Map(),
      [bear, cat],
      new Set([cat.pulp_href]),
    );
    const both = choosePackages(
      first,
      [dog],
      new Set([cat.pulp_href, dog.pulp_href]),
    );
    expect(labels(both)).toEqual(['cat-1.0-1.noarch', 'dog-1.0-1.noarch']);
  });

  it('takes the whole page, and gives it back', () => {
    const all = choosePackages(new Map(), [bear, cat], 'all');
    expect(labels(all)).toEqual(['bear-1.0-1.noarch', 'cat-1.0-1.noarch']);

    const withDog = choosePackages(all, [dog], 'all');
    const none = choosePackages(withDog, [bear, cat], new Set());
    expect(labels(none)).toEqual(['dog-1.0-1.noarch']);
  });

  it('leaves the choice before it as it was', () => {
    const before = choosePackages(new Map(), [bear], 'all');
    choosePackages(before, [bear], new Set());
    expect(labels(before)).toEqual(['bear-1.0-1.noarch']);
  });
});

describe('withoutPackages', () => {
  it('leaves out those named', () => {
    const chosen = choosePackages(new Map(), [bear, cat], 'all');
    expect(labels(withoutPackages(chosen, new Set([bear.pulp_href])))).toEqual([
      'cat-1.0-1.noarch',
    ]);
  });
});

describe('isComplete', () => {
  it('needs a destination, and packages or the whole version', () => {
    const packages = choosePackages(new Map(), [bear], 'all');
    expect(isComplete({ ...NOTHING_CHOSEN, packages })).toBe(false);
    expect(isComplete({ ...NOTHING_CHOSEN, destination })).toBe(false);
    expect(isComplete({ ...NOTHING_CHOSEN, destination, packages })).toBe(true);
    expect(
      isComplete({ ...NOTHING_CHOSEN, destination, everything: true }),
    ).toBe(true);
  });
});

import { planPrune, type PrunablePackage } from './planPrune';

const OLD = '2026-01-01';
const NEW = '2026-03-01';
const BEFORE = '2026-02-01';

/** `name-evr`, with what is told about it. */
function pkg(
  id: number,
  text: string,
  { arch = 'noarch', isModular = false, addedAt = OLD } = {},
): PrunablePackage {
  const [name, evrKey] = text.split('-');
  return {
    id,
    name,
    arch,
    evrKey,
    isModular,
    addedAt,
  };
}

function plan(...packages: PrunablePackage[]) {
  const { reasons, kept } = planPrune(packages, BEFORE);
  return {
    removed: [...reasons].map(([id, reason]) => [
      id,
      (reason as { newestUnitId: number }).newestUnitId,
    ]),
    kept: kept.map(({ unitId, reason }) => `${unitId} ${reason}`),
  };
}

describe('planPrune', () => {
  it('removes what is older than the newest of its name and arch', () => {
    expect(
      plan(
        pkg(1, 'duck-2'),
        pkg(2, 'duck-3'),
        pkg(3, 'duck-1'),
        pkg(4, 'duck-1', { arch: 'src' }),
        pkg(5, 'goose-1'),
      ),
    ).toEqual({
      removed: [
        [1, 2],
        [3, 2],
      ],
      kept: ['2 newest'],
    });
  });

  it('spares what has come lately, be it the old one', () => {
    expect(
      plan(
        pkg(1, 'duck-1', { addedAt: NEW }),
        pkg(2, 'duck-2', { addedAt: BEFORE }),
        pkg(3, 'duck-3'),
      ),
    ).toEqual({ removed: [], kept: ['1 recent', '2 recent', '3 newest'] });
  });

  it('removes what is old although the newest has come lately', () => {
    expect(plan(pkg(1, 'duck-1'), pkg(2, 'duck-2', { addedAt: NEW }))).toEqual({
      removed: [[1, 2]],
      kept: ['2 newest'],
    });
  });

  it('neither counts modular packages nor removes them', () => {
    expect(
      plan(
        pkg(1, 'duck-1', { isModular: true }),
        pkg(2, 'duck-2'),
        pkg(3, 'duck-3', { isModular: true }),
      ),
    ).toEqual({
      removed: [],
      kept: ['1 modular', '2 newest', '3 modular'],
    });
  });

  it('takes packages of one version for equally new', () => {
    expect(plan(pkg(1, 'duck-2'), pkg(2, 'duck-2'), pkg(3, 'duck-1'))).toEqual({
      removed: [[3, 1]],
      kept: ['1 newest', '2 newest'],
    });
  });

  it('has nothing to say of nothing', () => {
    expect(plan()).toEqual({ removed: [], kept: [] });
  });
});

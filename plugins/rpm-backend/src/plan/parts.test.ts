import { packList, unpackPart } from './parts';

describe('lists of plans', () => {
  it('come back as they were stored', async () => {
    const items = Array.from({ length: 2_500 }, (_, index) => index);
    const section = { destination: 1, change: 'added' } as const;
    const parts = await packList('units', items, section, unit => ({ unit }));
    expect(parts.map(({ count }) => count)).toEqual([1_000, 1_000, 500]);
    expect(parts[2]).toMatchObject({ list: 'units', section });
    expect(await unpackPart(parts[2])).toEqual(
      items.slice(2_000).map(unit => ({ unit })),
    );
  });

  it('are made piece by piece, and others have their turn between', async () => {
    let turn = 0;
    const taking = setInterval(() => {
      turn += 1;
    }, 0);
    const made = new Map<number, number>();
    try {
      await packList('units', Array(20_000).fill('unit'), {}, item => {
        made.set(turn, (made.get(turn) ?? 0) + 1);
        return item;
      });
    } finally {
      clearInterval(taking);
    }
    expect(made.size).toBeGreaterThan(1);
  });
});

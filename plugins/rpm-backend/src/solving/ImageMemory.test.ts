import { ImageMemory } from './ImageMemory';
import type { KnownImage } from './KnownImage';
import { toUnitSet } from './unitSets';

/** An image of as many bytes, besides 4 for each unit. */
function image(id: string, units: number[], size: number): KnownImage {
  return {
    id,
    units: toUnitSet(units),
    bytes: new Uint8Array(size),
    asOf: '',
    corrected: new Set(),
  };
}

const idsOf = (memory: ImageMemory) => memory.all().map(({ id }) => id);

describe('ImageMemory', () => {
  it('finds an image that knows all that is asked for, and more', () => {
    const memory = new ImageMemory({ limit: 1000 });
    memory.add(image('a', [1, 2, 3], 10));
    memory.add(image('b', [3, 4], 10));
    expect(memory.find(toUnitSet([1, 3]))?.id).toBe('a');
    expect(memory.find(toUnitSet([4]))?.id).toBe('b');
    expect(memory.find(toUnitSet([1, 4]))).toBeUndefined();
  });

  it('keeps those that were used last as long as there is room', () => {
    const memory = new ImageMemory({ limit: 200 });
    memory.add(image('a', [1], 80));
    memory.add(image('b', [2], 80));
    memory.find(toUnitSet([1]));
    memory.add(image('c', [3], 80));
    expect(idsOf(memory)).toEqual(['c', 'a']);
  });

  it('keeps the others when one is too large', () => {
    const memory = new ImageMemory({ limit: 200 });
    memory.add(image('a', [1], 80));
    memory.add(image('large', [2], 300));
    expect(idsOf(memory)).toEqual(['a']);
  });

  it('keeps one instead of those that know less', () => {
    const memory = new ImageMemory({ limit: 1000 });
    memory.add(image('a', [1, 2], 10));
    memory.add(image('b', [2, 3], 10));
    memory.add(image('c', [1, 2, 4], 10));
    expect(idsOf(memory)).toEqual(['c', 'b']);
  });
});

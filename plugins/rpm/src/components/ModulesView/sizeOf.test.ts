import { sizeOf } from './sizeOf';

describe('sizeOf', () => {
  it.each([
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [123_456, '123 kB'],
    [7_654_321, '7.65 MB'],
    [4_000_000_000_000, '4,000 GB'],
  ])('writes %i as %s', (bytes, text) => {
    expect(sizeOf(bytes)).toBe(text);
  });

  it('has nothing to say of what is not known', () => {
    expect(sizeOf(0)).toBeUndefined();
  });
});

import fc from 'fast-check';

/**
 * Versions made of few distinct pieces, so that pairs share long beginnings and often are equal in
 * value but not in text.
 */
export const arbitraryVersion = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('0', '1', '9', '10', '00', 'a') },
      { weight: 4, arbitrary: fc.constantFrom('.', '~', '^', '_', 'B', 'ab') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('12345678901', '0123456789012', '+', 'é'),
      },
    ),
    { maxLength: 7 },
  )
  .map(pieces => pieces.join(''));

export const arbitraryEvr = fc.record({
  epoch: fc.constantFrom('0', '', '1', '01', '9', '10', '12345678901'),
  version: arbitraryVersion,
  release: arbitraryVersion,
});

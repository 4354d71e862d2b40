/** Where {@link hashText} leaves its result: two halves of 64 bits. */
export const textHash = new Int32Array(2);

/**
 * Hashes a text by its UTF-16 code units to 64 bits, left in {@link textHash}; it returns nothing so
 * that millions of calls allocate nothing. Part of the image format: a change of it is a new one.
 *
 * @remarks
 * Not against forgery: whoever makes two file paths collide could as well ship both files.
 */
export function hashText(text: string): void {
  let low = 0x3c6ef372;
  let high = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x2c1b3c6d);
    high = Math.imul(((high << 13) | (high >>> 19)) ^ code, 0x297a2d39);
  }
  low = Math.imul(low ^ (low >>> 16) ^ text.length, 0x7feb352d);
  high = Math.imul(high ^ (high >>> 15) ^ low, 0x846ca68b);
  textHash[0] = low ^ (high >>> 16);
  textHash[1] = high ^ (high >>> 14);
}

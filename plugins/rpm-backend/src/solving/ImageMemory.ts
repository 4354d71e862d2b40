import type { KnownImage } from './KnownImage';
import { isWithin, type UnitSet } from './unitSets';

/** The images used last, as many as a number of bytes has room for. */
export class ImageMemory {
  readonly #limit: number;
  /** Most recently used first. */
  #images: KnownImage[] = [];

  /** @param options - `limit` in bytes */
  constructor(options: { limit: number }) {
    this.#limit = options.limit;
  }

  /** Most recently used first. */
  all(): readonly KnownImage[] {
    return this.#images;
  }

  /** An image that knows all of the units. */
  find(units: UnitSet): KnownImage | undefined {
    const found = this.#images.find(image => isWithin(units, image.units));
    if (found) this.#putFirst(found);
    return found;
  }

  /** Keeps an image instead of those that know nothing that it does not know as well. */
  add(image: KnownImage): void {
    this.#images = this.#images.filter(
      other => !isWithin(other.units, image.units),
    );
    this.#putFirst(image);
    let size = 0;
    this.#images = this.#images.filter(({ bytes, units }) => {
      const own = bytes.byteLength + units.byteLength;
      if (size + own > this.#limit) return false;
      size += own;
      return true;
    });
  }

  #putFirst(image: KnownImage): void {
    this.#images = [image, ...this.#images.filter(each => each !== image)];
  }
}

import type { SharedImage } from './jobTypes';

/** An image in memory, with what there is to know before it is used. */
export interface KnownImage extends SharedImage {
  /** Distinct for each image that there ever was. */
  readonly id: string;
  /** A time stamp: no package was corrected before that it does not know as corrected … */
  readonly asOf: string;
  /** … and these were corrected later, and are known so. */
  readonly corrected: ReadonlySet<number>;
}

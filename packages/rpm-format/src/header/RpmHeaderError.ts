/**
 * An .rpm file whose header cannot be used: not an RPM file, cut off, damaged or beyond the limits.
 *
 * @remarks
 * The message is one sentence for users, `RPM file cannot be parsed for metadata: …`.
 */
export class RpmHeaderError extends Error {
  constructor(reason: string) {
    super(`RPM file cannot be parsed for metadata: ${reason}`);
    this.name = 'RpmHeaderError';
  }
}

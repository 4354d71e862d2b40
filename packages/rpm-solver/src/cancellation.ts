/** Lets the caller stop work that runs without yielding. */
export interface Cancellation {
  /** Asked every few milliseconds; work stops with a {@link CancelledError} when it says true. */
  shouldCancel?: () => boolean;
}

/** The caller asked to stop. */
export class CancelledError extends Error {
  constructor() {
    super('The caller cancelled the work');
    this.name = 'CancelledError';
  }
}

/** @throws CancelledError when the caller asks to stop. */
export function checkCancelled({ shouldCancel }: Cancellation): void {
  if (shouldCancel?.()) {
    throw new CancelledError();
  }
}

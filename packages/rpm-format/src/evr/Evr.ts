/**
 * Epoch, version and release of a package.
 *
 * @remarks
 * `epoch` is a decimal string, `'0'` when absent. `release` is empty where there is none, as in
 * the requirement `foo >= 1.2`.
 */
export interface Evr {
  epoch: string;
  version: string;
  release: string;
}

/**
 * Reads `[epoch:]version[-release]`.
 *
 * @remarks
 * As in rpm, an epoch is whatever digits stand before the first `:`, and the release begins after
 * the last `-`; a `:` after anything else belongs to the version. Never fails.
 */
export function parseEvr(text: string): Evr {
  let digits = 0;
  while (text.charCodeAt(digits) >= 48 && text.charCodeAt(digits) <= 57) {
    digits++;
  }
  const hasEpoch = text.charCodeAt(digits) === 58;
  const rest = hasEpoch ? text.slice(digits + 1) : text;
  const dash = rest.lastIndexOf('-');
  return {
    epoch: (hasEpoch && text.slice(0, digits)) || '0',
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** Writes `[epoch:]version[-release]`; the epoch 0 is left out, as rpm does. */
export function formatEvr(evr: {
  epoch?: string;
  version: string;
  release?: string;
}): string {
  const epoch = evr.epoch && evr.epoch !== '0' ? `${evr.epoch}:` : '';
  const release = evr.release ? `-${evr.release}` : '';
  return `${epoch}${evr.version}${release}`;
}

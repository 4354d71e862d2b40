import { Evr, formatEvr, parseEvr } from '../evr';

/** Name, epoch, version, release and architecture: what identifies a package within a repository. */
export interface Nevra extends Evr {
  name: string;
  arch: string;
}

/**
 * Reads `name-epoch:version-release.arch` or `name-version-release.arch`, the epoch then being 0.
 *
 * @remarks
 * A trailing `.rpm` is ignored, so names of package files can be given; a folder in front of them
 * cannot. The parts are found from the end, since only the name may contain `-`.
 *
 * @returns `undefined` for anything that does not have all parts, because the callers (modulemd
 * artifacts, file names of a listing) report the text at its place and go on.
 */
export function parseNevra(text: string): Nevra | undefined {
  const full = text.endsWith('.rpm') ? text.slice(0, -4) : text;
  const dot = full.lastIndexOf('.');
  const releaseDash = full.lastIndexOf('-');
  const versionDash = full.lastIndexOf('-', releaseDash - 1);
  if (versionDash < 1 || releaseDash < 1 || dot < releaseDash) {
    return undefined;
  }
  const name = full.slice(0, versionDash);
  const arch = full.slice(dot + 1);
  const evr = parseEvr(full.slice(versionDash + 1, dot));
  if (!arch || !evr.version || !evr.release || !PLAIN.test(full)) {
    return undefined;
  }
  return { name, ...evr, arch };
}

// Neither a path nor blanks or control characters, which no part can contain.
const PLAIN = /^[^\s/\p{Cc}]+$/u;

/** Writes `name-epoch:version-release.arch`, always with the epoch, as modulemd artifacts are. */
export function formatNevra(nevra: Nevra): string {
  return `${nevra.name}-${nevra.epoch || '0'}:${nevra.version}-${
    nevra.release
  }.${nevra.arch}`;
}

/** The usual file name `name-version-release.arch.rpm`, which has no epoch. */
export function rpmFileName(nevra: Omit<Nevra, 'epoch'>): string {
  const evr = formatEvr({ version: nevra.version, release: nevra.release });
  return `${nevra.name}-${evr}.${nevra.arch}.rpm`;
}

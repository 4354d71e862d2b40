import type { MissingStream } from './missingStream';

/** What cannot be met, said of a package by its label: sentences and parts of sentences without a stop. */

/** @param nearest - as `nearestCandidates` gives it; @param nobody - who does not provide it */
export function lacks(
  label: string,
  requirement: string,
  nearest: readonly string[],
  nobody: string,
): string {
  return nearest.length === 0
    ? `${label} requires ${requirement}, which ${nobody}`
    : `${label} requires ${requirement}, for which there is only ${nearest.join(
        ', ',
      )}`;
}

/** @param only - the label of what provides it */
export function isRefused(
  label: string,
  requirement: string,
  only: string,
): string {
  return `${label} requires ${requirement}, but only ${only} provides it, which cannot be installed along with it`;
}

/**
 * @param requirements - what excludes each other, one at least
 * @param streams - the module streams, `name:stream`, by which they do, if it is that
 */
export function excludesItself(
  label: string,
  requirements: readonly string[],
  streams: readonly string[] = [],
): string {
  if (requirements.length === 1) {
    return `${label} requires ${requirements[0]}, and what provides it cannot be installed along with it`;
  }
  const together = `${label} requires ${requirements.join(
    ' and ',
  )}, which cannot be had together`;
  return streams.length > 0
    ? `${together}: they need the module streams ${streams.join(
        ' and ',
      )}, of which only one can be enabled`
    : together;
}

/**
 * @param module - the label of the module that a package belongs to
 * @param missing - what it, or a module that it needs, requires in vain, if that is it
 */
export function lacksModule(
  label: string,
  module: string,
  missing: MissingStream | undefined,
): string {
  const belongs = `${label} belongs to the module ${module}, which`;
  if (!missing) return `${belongs} cannot be enabled`;
  const link =
    missing.of === undefined ? '' : ` needs the module ${missing.of}, which`;
  return `${belongs}${link} requires the module ${missing.requirement}, and that cannot be had`;
}

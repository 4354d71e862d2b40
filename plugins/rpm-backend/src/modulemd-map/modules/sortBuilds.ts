import type { ModuleBuild } from './types';

/** Longer than any module's version, which is a 64-bit number. */
const DIGITS = 20;

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareBuilds(a: ModuleBuild, b: ModuleBuild): number {
  return (
    compareTexts(a.name, b.name) ||
    compareTexts(a.stream, b.stream) ||
    compareTexts(
      b.version.padStart(DIGITS, '0'),
      a.version.padStart(DIGITS, '0'),
    ) ||
    compareTexts(a.context, b.context) ||
    compareTexts(a.arch, b.arch) ||
    a.id - b.id
  );
}

/** By module and stream, of one stream the newest first. */
export function sortBuilds(builds: readonly ModuleBuild[]): ModuleBuild[] {
  return [...builds].sort(compareBuilds);
}

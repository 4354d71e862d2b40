import {
  formatNevra,
  rpmFileName,
  RpmHeaderError,
  type RpmPackage,
} from '@rpmportal/rpm-format';

/** What file systems and indexes bear. */
const LONGEST_FILE_NAME = 255;
/** No blank, slash or invisible character: the parts make up the name that the file is served by. */
const NAME_PART = /^[^\s/\\\p{C}]+$/u;

const NUMBERS = [
  'headerStart',
  'headerEnd',
  'timeBuild',
  'sizeInstalled',
  'sizeArchive',
] as const;

/**
 * Refuses headers that are well-formed and say what no package is.
 *
 * @throws RpmHeaderError
 */
export function checkPackage(pkg: RpmPackage): void {
  for (const part of ['name', 'version', 'release', 'arch'] as const) {
    if (!NAME_PART.test(pkg[part])) {
      throw new RpmHeaderError(`its ${part} is no ${part} of a package`);
    }
  }
  if (Buffer.byteLength(rpmFileName(pkg)) > LONGEST_FILE_NAME) {
    throw new RpmHeaderError(
      `its name, ${formatNevra(pkg).slice(0, 50)}…, is too long`,
    );
  }
  const isImpossible = (value: number) => !Number.isSafeInteger(value);
  if (
    NUMBERS.some(field => isImpossible(pkg[field])) ||
    pkg.changelogs.some(({ time }) => isImpossible(time))
  ) {
    throw new RpmHeaderError('its header states impossible sizes or times');
  }
}

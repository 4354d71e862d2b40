import type { Layout } from '@rpmportal/backstage-plugin-rpm-common';
import { TaskError } from '../tasks/errors';

/** What the place of a package's file follows from. */
export interface PackageFileName {
  /** `<name>-<version>-<release>.<arch>.rpm` */
  fileName: string;
  /** Hex; its first digits tell files of one name apart. */
  pkgId: string;
}

/** Holds the packages of every layout. */
export const PACKAGE_FOLDER = 'Packages';
const BY_DIGEST = 'by-digest';
const DIGEST_DIGITS = 6;
const DIGEST_PREFIX = new RegExp(`^[0-9a-f]{${DIGEST_DIGITS}}-`);

function letterOf(fileName: string): string {
  const [first] = fileName;
  return first.toLowerCase();
}

/**
 * Where a publication has the file of a package, relative to its root.
 *
 * @throws TaskError when the package's checksum is too short for the layout
 */
export function packagePath(
  { fileName, pkgId }: PackageFileName,
  layout: Layout,
): string {
  switch (layout) {
    case 'flat':
      return `${PACKAGE_FOLDER}/${fileName}`;
    case 'nested_by_digest': {
      const digits = pkgId.slice(0, DIGEST_DIGITS);
      if (digits.length < DIGEST_DIGITS) {
        throw new TaskError(
          'RPM0009',
          `The checksum of ${fileName} is too short for the layout 'nested_by_digest'.`,
        );
      }
      const folder = `${PACKAGE_FOLDER}/${letterOf(fileName)}/${BY_DIGEST}`;
      return `${folder}/${digits}-${fileName}`;
    }
    default:
      return `${PACKAGE_FOLDER}/${letterOf(fileName)}/${fileName}`;
  }
}

/**
 * The name of the package file that a path may stand for; undefined for paths that no package has.
 * Whether a package of that name is there, and has this very path, is left to the caller.
 */
export function fileNameOfPath(
  path: string,
  layout: Layout,
): string | undefined {
  if (!path.startsWith(`${PACKAGE_FOLDER}/`)) return undefined;
  const last = path.slice(path.lastIndexOf('/') + 1);
  const fileName =
    layout === 'nested_by_digest' ? last.replace(DIGEST_PREFIX, '') : last;
  return fileName || undefined;
}

/** Whether packages, if there are any, can make this path a folder. */
export function canBePackageFolder(path: string, layout: Layout): boolean {
  const [root, letter, byDigest, ...rest] = path.split('/');
  if (root !== PACKAGE_FOLDER || rest.length) return false;
  if (letter === undefined) return true;
  if (layout === 'flat' || [...letter].length !== 1) return false;
  return (
    byDigest === undefined ||
    (layout === 'nested_by_digest' && byDigest === BY_DIGEST)
  );
}

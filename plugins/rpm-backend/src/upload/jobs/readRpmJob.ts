import {
  modularityLabel,
  packageFromHeader,
  readRpmHeader,
  RpmHeaderError,
  signingKeys,
  statedFileSize,
} from '@rpmportal/rpm-format';
import {
  toPackageDraft,
  type PackageDraft,
} from '../../content-units/packageDraft';
import type { Job } from '../../workers/types';
import { checkPackage } from '../rpm/checkPackage';

/** Twice the largest header of Fedora, that of a package of TeX fonts. */
const LARGEST_HEADER = 64 * 1024 * 1024;

/** An .rpm file that is stored. */
export interface ReadRpmInput {
  path: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** When it came, in Unix seconds. */
  time: number;
}

/**
 * Reads the header of an .rpm file, and nothing of its payload.
 *
 * @throws RpmHeaderError for what is no sound RPM file
 */
export const readRpmJob: Job<ReadRpmInput, PackageDraft> = async input => {
  const { path, size, sha256, time } = input;
  const header = await readRpmHeader(path, { maxStoreBytes: LARGEST_HEADER });
  const stated = statedFileSize(header);
  if (stated !== undefined && stated !== size) {
    throw new RpmHeaderError(`it has ${size} bytes, its header says ${stated}`);
  }
  const pkg = packageFromHeader(header, {
    pkgId: sha256,
    checksumType: 'sha256',
    sizePackage: size,
    timeFile: time,
    locationHref: '',
  });
  checkPackage(pkg);
  const draft = toPackageDraft(pkg);
  draft.columns.signing_keys_json = JSON.stringify(signingKeys(header));
  draft.columns.modularity_label = modularityLabel(header) ?? null;
  return draft;
};

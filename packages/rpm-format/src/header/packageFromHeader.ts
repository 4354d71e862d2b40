import { RELATION_KINDS } from '../package/RpmPackage';
import type { RpmPackage } from '../package/RpmPackage';
import { readChangelogs } from './changelogs';
import { readFiles } from './files';
import type { HeaderBlob } from './HeaderBlob';
import type { RpmHeader } from './readRpmHeader';
import { readRelations, selectRequires } from './relations';
import { RpmHeaderError } from './RpmHeaderError';
import { RpmTag, SignatureTag } from './tags';

/** What repository metadata says of a package that its header does not know. */
export type RpmFileFacts = Pick<
  RpmPackage,
  | 'pkgId'
  | 'checksumType'
  | 'sizePackage'
  | 'timeFile'
  | 'locationHref'
  | 'locationBase'
>;

export interface PackageFromHeaderOptions {
  /** How many of the newest changelog entries are kept; 10 by default. */
  changelogLimit?: number;
}

/**
 * The package that a header describes, in the form of repository metadata.
 *
 * @remarks
 * It agrees with createrepo_c except for the architecture of a source package that leaves out
 * sources or patches: `nosrc`, as in the name that rpm gives the file, not `src`.
 *
 * @throws RpmHeaderError when name, version, release or architecture is missing or a list is
 * inconsistent
 */
export function packageFromHeader(
  header: RpmHeader,
  file: RpmFileFacts,
  options: PackageFromHeaderOptions = {},
): RpmPackage {
  const { main, signature } = header;
  const text = (tag: number) => main.text(tag) ?? '';
  const files = readFiles(main);
  const relations = Object.fromEntries(
    RELATION_KINDS.map(kind => [kind, readRelations(main, kind)]),
  ) as Pick<RpmPackage, (typeof RELATION_KINDS)[number]>;

  return {
    name: required(main, RpmTag.NAME, 'name'),
    epoch: String(main.number(RpmTag.EPOCH) ?? 0),
    version: required(main, RpmTag.VERSION, 'version'),
    release: required(main, RpmTag.RELEASE, 'release'),
    arch: architecture(main),
    ...file,
    summary: text(RpmTag.SUMMARY),
    description: text(RpmTag.DESCRIPTION),
    packager: text(RpmTag.PACKAGER),
    url: text(RpmTag.URL),
    timeBuild: main.number(RpmTag.BUILDTIME) ?? 0,
    sizeInstalled:
      main.number(RpmTag.SIZE) ?? main.number(RpmTag.LONGSIZE) ?? 0,
    sizeArchive:
      signature.number(SignatureTag.PAYLOADSIZE) ??
      signature.number(SignatureTag.LONGARCHIVESIZE) ??
      main.number(RpmTag.ARCHIVESIZE) ??
      0,
    license: text(RpmTag.LICENSE),
    vendor: text(RpmTag.VENDOR),
    group: text(RpmTag.GROUP),
    buildhost: text(RpmTag.BUILDHOST),
    sourcerpm: text(RpmTag.SOURCERPM),
    headerStart: header.start,
    headerEnd: header.end,
    ...relations,
    requires: selectRequires(relations.requires, relations.provides, files),
    files,
    changelogs: readChangelogs(main, options.changelogLimit ?? 10),
  };
}

/**
 * `name:stream:version:context` of the module that a package was built for, or `undefined`.
 * Unlike membership in a modulemd document it stays with the file.
 */
export function modularityLabel(header: RpmHeader): string | undefined {
  return header.main.text(RpmTag.MODULARITYLABEL) || undefined;
}

// A source package has no name of a source package; its header's architecture is the builder's.
function architecture(main: HeaderBlob): string {
  if (main.has(RpmTag.SOURCERPM)) {
    return required(main, RpmTag.ARCH, 'architecture');
  }
  return main.has(RpmTag.NOSOURCE) || main.has(RpmTag.NOPATCH)
    ? 'nosrc'
    : 'src';
}

function required(main: HeaderBlob, tag: number, what: string): string {
  const value = main.text(tag);
  if (!value) {
    throw new RpmHeaderError(`its header has no ${what}`);
  }
  return value;
}

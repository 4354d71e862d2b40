import { RELATION_KINDS, RpmFile, RpmPackage, RpmRelation } from '../package';
import { renderAttributes, renderTextElement } from '../xml';
import { isPrimaryFile } from './isPrimaryFile';
import { PackageMetadataKind } from './PackageEntry';

const ROOTS: Record<PackageMetadataKind, { name: string; xmlns: string }> = {
  primary: {
    name: 'metadata',
    xmlns:
      'xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm"',
  },
  filelists: {
    name: 'filelists',
    xmlns: 'xmlns="http://linux.duke.edu/metadata/filelists"',
  },
  other: {
    name: 'otherdata',
    xmlns: 'xmlns="http://linux.duke.edu/metadata/other"',
  },
};

/** The beginning of a file with entries for so many packages. */
export function renderPackagesHeader(
  kind: PackageMetadataKind,
  packageCount: number,
): string {
  const { name, xmlns } = ROOTS[kind];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} ${xmlns} packages="${packageCount}">\n`;
}

/** The end of such a file. */
export function renderPackagesFooter(kind: PackageMetadataKind): string {
  return `</${ROOTS[kind].name}>\n`;
}

/**
 * Renders a package's entry in one of the three files. A file is its header, the entries in any
 * order and its footer; equal packages give equal bytes.
 *
 * @remarks
 * Elements and attributes are those of createrepo_c 0.17 in its order.
 */
export function renderPackage(
  kind: PackageMetadataKind,
  pkg: RpmPackage,
): string {
  switch (kind) {
    case 'primary':
      return renderPrimary(pkg);
    case 'filelists':
      return `${renderEntryStart(pkg)}${renderFiles(
        '  ',
        pkg.files,
      )}</package>\n`;
    default:
      return `${renderEntryStart(pkg)}${renderChangelogs(pkg)}</package>\n`;
  }
}

function renderPrimary(pkg: RpmPackage): string {
  const time = { file: pkg.timeFile, build: pkg.timeBuild };
  const size = {
    package: pkg.sizePackage,
    installed: pkg.sizeInstalled,
    archive: pkg.sizeArchive,
  };
  const location = { 'xml:base': pkg.locationBase, href: pkg.locationHref };
  const headerRange = { start: pkg.headerStart, end: pkg.headerEnd };
  const checksum = { type: pkg.checksumType, pkgid: 'YES' };
  return [
    '<package type="rpm">\n',
    renderTextElement('  ', 'name', pkg.name),
    renderTextElement('  ', 'arch', pkg.arch),
    renderVersion(pkg),
    renderTextElement('  ', 'checksum', pkg.pkgId, renderAttributes(checksum)),
    renderTextElement('  ', 'summary', pkg.summary),
    renderTextElement('  ', 'description', pkg.description),
    renderTextElement('  ', 'packager', pkg.packager),
    renderTextElement('  ', 'url', pkg.url),
    `  <time${renderAttributes(time)}/>\n`,
    `  <size${renderAttributes(size)}/>\n`,
    `  <location${renderAttributes(location)}/>\n`,
    '  <format>\n',
    renderTextElement('    ', 'rpm:license', pkg.license),
    renderTextElement('    ', 'rpm:vendor', pkg.vendor),
    renderTextElement('    ', 'rpm:group', pkg.group),
    renderTextElement('    ', 'rpm:buildhost', pkg.buildhost),
    renderTextElement('    ', 'rpm:sourcerpm', pkg.sourcerpm),
    `    <rpm:header-range${renderAttributes(headerRange)}/>\n`,
    ...RELATION_KINDS.map(kind => renderRelations(kind, pkg[kind])),
    renderFiles(
      '    ',
      pkg.files.filter(({ path }) => isPrimaryFile(path)),
    ),
    '  </format>\n',
    '</package>\n',
  ].join('');
}

function renderEntryStart(pkg: RpmPackage): string {
  const { pkgId: pkgid, name, arch } = pkg;
  const attributes = renderAttributes({ pkgid, name, arch });
  return `<package${attributes}>\n${renderVersion(pkg)}`;
}

function renderVersion({ epoch, version, release }: RpmPackage): string {
  const attributes = renderAttributes({ epoch, ver: version, rel: release });
  return `  <version${attributes}/>\n`;
}

function renderRelations(kind: string, relations: RpmRelation[]): string {
  if (relations.length === 0) {
    return '';
  }
  // Only requirements are ordered against scriptlets.
  const rendersPre = kind === 'requires';
  let entries = '';
  for (const { name, flags, epoch, version, release, pre } of relations) {
    const attributes = renderAttributes({
      name,
      flags,
      epoch: flags && epoch,
      ver: flags && version,
      rel: flags && release,
      pre: rendersPre && pre ? '1' : undefined,
    });
    entries += `      <rpm:entry${attributes}/>\n`;
  }
  return `    <rpm:${kind}>\n${entries}    </rpm:${kind}>\n`;
}

function renderFiles(indent: string, files: RpmFile[]): string {
  let rendered = '';
  for (const { type, path } of files) {
    const attributes = type === 'file' ? '' : ` type="${type}"`;
    rendered += renderTextElement(indent, 'file', path, attributes);
  }
  return rendered;
}

function renderChangelogs({ changelogs }: RpmPackage): string {
  let rendered = '';
  for (const { author, time, text } of changelogs) {
    const attributes = renderAttributes({ author, date: time });
    rendered += renderTextElement('  ', 'changelog', text, attributes);
  }
  return rendered;
}

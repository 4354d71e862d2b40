import { createHash } from 'crypto';
import { gzipSync } from 'zlib';

/** A metadata file of a repository, and what repomd.xml says of it. */
export interface ComposedFile {
  type: string;
  /** Compressed when it is served. */
  content: string;
  /** Served instead of the compressed content. */
  served?: Uint8Array;
  location?: string;
  checksum?: { type: string; value: string };
  size?: number;
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The files of a repository by path: its metadata as given, right or wrong, and their repomd.xml. */
export function composeRepository(
  files: readonly ComposedFile[],
): Map<string, Uint8Array> {
  const composed = new Map<string, Uint8Array>();
  const records = files.map(file => {
    const packed = gzipSync(file.content);
    const bytes = file.served ?? packed;
    const location = file.location ?? `repodata/${file.type}.xml.gz`;
    const checksum = file.checksum ?? { type: 'sha256', value: digest(packed) };
    composed.set(location, bytes);
    return `<data type="${file.type}">
  <checksum type="${checksum.type}">${checksum.value}</checksum>
  <location href="${location}"/>
  <size>${file.size ?? packed.length}</size>
</data>`;
  });
  const repomd = `<repomd><revision>1</revision>${records.join('')}</repomd>`;
  return composed.set('repodata/repomd.xml', Buffer.from(repomd));
}

/** A package as primary.xml tells of it. */
export interface ComposedPackage {
  name: string;
  version?: string;
  arch?: string;
  location?: string;
  base?: string;
  checksumType?: string;
  /** Tells packages of one NEVRA apart. */
  seed?: string;
  /** The file, where it is to be fetched: its digest and size are told. */
  content?: string;
  build?: number;
}

/** Where a package is, unless it says so itself. */
export function placeOf(pkg: ComposedPackage): string {
  const { name, version = '1.0', arch = 'noarch', location } = pkg;
  return location ?? `${name}-${version}-1.${arch}.rpm`;
}

function renderPackage(pkg: ComposedPackage): string {
  const { name, version = '1.0', arch = 'noarch' } = pkg;
  const location = placeOf(pkg);
  const type = pkg.checksumType ?? 'sha256';
  const id = createHash(type === 'sha' ? 'sha1' : type)
    .update(pkg.content ?? `${name} ${version} ${arch} ${pkg.seed ?? ''}`)
    .digest('hex');
  const base = pkg.base ? ` xml:base="${pkg.base}"` : '';
  return `<package type="rpm"><name>${name}</name><arch>${arch}</arch>
<version epoch="0" ver="${version}" rel="1"/>
<checksum type="${type}" pkgid="YES">${id}</checksum>
<summary/><description/><packager/><url/>
<time file="1" build="${pkg.build ?? 1}"/>
<size package="${pkg.content?.length ?? 100}" installed="100" archive="100"/>
<location href="${location}"${base}/><format/></package>`;
}

/** A primary.xml of these packages. */
export function composePrimary(packages: readonly ComposedPackage[]): string {
  return `<metadata packages="${packages.length}">${packages
    .map(renderPackage)
    .join('')}</metadata>`;
}

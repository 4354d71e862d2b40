import { createHash } from 'crypto';
import {
  composePrimary,
  composeRepository,
  placeOf,
  type ComposedPackage,
} from './composeRepository';

/** A repository of packages that a test server has whole. */
export function composePackages(
  packages: readonly ComposedPackage[],
): Map<string, Uint8Array> {
  const files = composeRepository([
    { type: 'primary', content: composePrimary(packages) },
  ]);
  for (const pkg of packages) {
    if (pkg.content !== undefined) {
      files.set(placeOf(pkg), Buffer.from(pkg.content));
    }
  }
  return files;
}

/** An installable tree with one addon, as a test wants it. */
export interface ComposedTree {
  main?: ComposedPackage[];
  addon?: ComposedPackage[];
  /** Contents by path; undefined is announced and not there. */
  images?: Record<string, string | undefined>;
  /** Digests by path instead of the right ones; undefined announces none. */
  checksums?: Record<string, string | undefined>;
  /** More of `.treeinfo`. */
  more?: string;
  /** Instead of `.treeinfo`. */
  name?: string;
}

export const ADDON = 'addons/Night';

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The files of a tree by path. */
export function composeTree(tree: ComposedTree): Map<string, Uint8Array> {
  const images = tree.images ?? { 'images/boot.iso': 'boot it' };
  const files = composePackages(tree.main ?? []);
  for (const [path, content] of composePackages(tree.addon ?? [])) {
    files.set(`${ADDON}/${path}`, content);
  }
  const lines: string[] = [];
  const checksums: string[] = [];
  for (const [path, content] of Object.entries(images)) {
    lines.push(`${path.split('/').pop()} = ${path}`);
    const announced =
      tree.checksums && path in tree.checksums
        ? tree.checksums[path]
        : `sha256:${sha256(content ?? '')}`;
    if (announced) checksums.push(`${path} = ${announced}`);
    if (content !== undefined) files.set(path, Buffer.from(content));
  }
  const treeinfo = `[header]
type = productmd.treeinfo
version = 1.2

[release]
name = Zoo Linux
short = ZL
version = 9

[tree]
arch = x86_64
build_timestamp = 1700000000.5
platforms = x86_64
variants = Server

[variant-Server]
id = Server
uid = Server
name = Zoo Server
type = variant
packages = .
repository = .
addons = Server-Night

[addon-Server-Night]
id = Night
uid = Server-Night
name = Night Animals
type = addon
packages = ${ADDON}
repository = ${ADDON}

[images-x86_64]
${lines.join('\n')}

[checksums]
${checksums.join('\n')}
repodata/repomd.xml = sha256:${'0'.repeat(64)}

${tree.more ?? ''}`;
  return files.set(tree.name ?? '.treeinfo', Buffer.from(treeinfo));
}

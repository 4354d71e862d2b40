import { readIni, type Ini } from './Ini';
import type {
  TreeChecksum,
  Treeinfo,
  TreeImage,
  TreeProduct,
  TreeVariant,
} from './Treeinfo';
import { TreeinfoError } from './TreeinfoError';
import { isRepomd, normalizePath, normalizeRepository } from './treePaths';

/** Real ones have a few KiB. */
const MOST_CHARACTERS = 1024 ** 2;

const VARIANT = /^(variant|addon)-(.+)$/;
const IMAGES = /^images-(.+)$/;

/** Values by section and key. Old files have under `general` what has sections of its own now. */
class Values {
  readonly #ini: Ini;

  constructor(ini: Ini) {
    this.#ini = ini;
  }

  has(section: string): boolean {
    return this.#ini.has(section);
  }

  /** The first of several places, written `section.key`, that says something. */
  first(...places: string[]): string | undefined {
    for (const place of places) {
      const dot = place.indexOf('.');
      const value = this.#ini
        .get(place.slice(0, dot))
        ?.get(place.slice(dot + 1));
      if (value) return value;
    }
    return undefined;
  }

  number(...places: string[]): number | undefined {
    const value = Number(this.first(...places) ?? NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  /** A whole number that fits into every database's integers. */
  count(...places: string[]): number | undefined {
    const value = this.number(...places);
    return Number.isInteger(value) && Math.abs(value!) < 2 ** 31
      ? value
      : undefined;
  }

  product(section: string, ...older: string[]): TreeProduct {
    const sections = [section, ...older];
    const of = (key: string) =>
      this.first(...sections.map(name => `${name}.${key}`)) ?? '';
    return { name: of('name'), short: of('short'), version: of('version') };
  }
}

function isTrue(text: string | undefined): boolean {
  return /^(1|true|yes|on)$/i.test(text ?? '');
}

function readRelease(values: Values): Treeinfo['release'] {
  const product = values.product('release', 'product');
  return {
    ...product,
    name:
      product.name || (values.first('general.family', 'general.name') ?? ''),
    version: product.version || (values.first('general.version') ?? ''),
    isLayered: isTrue(values.first('release.is_layered', 'product.is_layered')),
  };
}

function toVariant(
  uid: string,
  kind: string,
  keys: ReadonlyMap<string, string>,
): TreeVariant {
  const text = (key: string) => keys.get(key) || undefined;
  return {
    id: text('id') ?? uid,
    uid: text('uid') ?? uid,
    name: text('name') ?? text('id') ?? uid,
    type: text('type') ?? kind,
    packages: text('packages') ?? '',
    repository: normalizeRepository(text('repository') ?? ''),
    sourcePackages: text('source_packages'),
    sourceRepository: text('source_repository'),
    debugPackages: text('debug_packages'),
    debugRepository: text('debug_repository'),
    identity: text('identity'),
  };
}

function readVariants(ini: Ini): TreeVariant[] {
  return Array.from(ini).flatMap(([section, keys]) => {
    const found = VARIANT.exec(section);
    return found ? [toVariant(found[2], found[1], keys)] : [];
  });
}

/** Files from before there was a format name their one variant and where its packages are. */
function readOnlyVariant(values: Values): TreeVariant[] {
  const uid = values.first('general.variant');
  if (!uid) return [];
  const packages = values.first('general.packagedir') ?? '';
  return [toVariant(uid, 'variant', new Map([['packages', packages]]))];
}

function readChecksums(ini: Ini): TreeChecksum[] {
  return Array.from(ini.get('checksums') ?? [], ([path, text]) => {
    const end = text.indexOf(':');
    return {
      path: normalizePath(path),
      type: text.slice(0, Math.max(end, 0)).trim(),
      value: text.slice(end + 1).trim(),
    };
  });
}

/** Files by path and name; each path has an entry, whatever names it. */
function readImages(
  ini: Ini,
  values: Values,
  checksums: readonly TreeChecksum[],
): TreeImage[] {
  const images = new Map<string, TreeImage>();
  const paths = new Set<string>();
  const add = (name: string, text: string, platform?: string) => {
    const path = normalizePath(text);
    if (!path) return;
    const key = JSON.stringify([name, path]);
    const image = images.get(key) ?? { name, path, platforms: [] };
    if (platform !== undefined) image.platforms.push(platform);
    images.set(key, image);
    paths.add(path);
  };
  for (const [section, keys] of ini) {
    const platform = IMAGES.exec(section)?.[1];
    if (platform !== undefined) {
      for (const [name, path] of keys) add(name, path, platform);
    }
  }
  for (const name of ['mainimage', 'instimage']) {
    const path = values.first(`stage2.${name}`);
    if (path !== undefined && !paths.has(normalizePath(path))) add(name, path);
  }
  for (const { path } of checksums) {
    if (!paths.has(path) && !isRepomd(path)) {
      add(path.slice(path.lastIndexOf('/') + 1), path);
    }
  }
  return [...images.values()];
}

/**
 * Reads `.treeinfo`: the format of productmd 1.x, and what was written before it.
 *
 * @throws TreeinfoError
 */
export function parseTreeinfo(text: string): Treeinfo {
  if (text.length > MOST_CHARACTERS) {
    throw new TreeinfoError(`is longer than ${MOST_CHARACTERS} characters`);
  }
  const ini = readIni(text);
  const values = new Values(ini);
  const arch = values.first('tree.arch', 'general.arch');
  if (!arch) throw new TreeinfoError('names no architecture');

  const all = readVariants(ini);
  const isAddon = ({ type }: TreeVariant) => type === 'addon';
  const checksums = readChecksums(ini);
  return {
    headerVersion: values.first('header.version') ?? '0.0',
    release: readRelease(values),
    baseProduct: values.has('base_product')
      ? values.product('base_product')
      : undefined,
    arch,
    buildTimestamp:
      values.number('tree.build_timestamp', 'general.timestamp') ?? 0,
    instimage: values.first('stage2.instimage'),
    mainimage: values.first('stage2.mainimage'),
    discnum: values.count('media.discnum', 'general.discnum'),
    totaldiscs: values.count('media.totaldiscs', 'general.totaldiscs'),
    variants: all.length
      ? all.filter(variant => !isAddon(variant))
      : readOnlyVariant(values),
    addons: all.filter(isAddon),
    images: readImages(ini, values, checksums),
    checksums,
  };
}

/** The folders of the tree's repositories besides the main one, each once. */
export function subRepositories({
  variants,
  addons,
}: Pick<Treeinfo, 'variants' | 'addons'>): string[] {
  const folders = [...variants, ...addons].map(({ repository }) => repository);
  return [...new Set(folders)].filter(Boolean);
}

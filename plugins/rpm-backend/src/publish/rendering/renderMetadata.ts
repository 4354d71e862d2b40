import type { CompressionType } from '@rpmportal/backstage-plugin-rpm-common';
import {
  extensionOf,
  renderAdvisory,
  renderComps,
  renderModules,
  renderPackage,
  renderPackagesFooter,
  renderPackagesHeader,
  renderRepomd,
  UPDATEINFO_FOOTER,
  UPDATEINFO_HEADER,
  type Advisory,
  type CompsUnit,
  type PackageMetadataKind,
  type RepomdRecord,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import { writeFile } from 'fs/promises';
import { join } from 'path';
import {
  toRpmPackage,
  type StoredPackage,
} from '../../content-units/storedPackage';
import type { JobContext } from '../../workers/types';
import { packagePath } from '../layout';
import { MetadataFile } from './MetadataFile';
import type { RenderBatch, RenderedFile, RenderInput } from './types';

const PACKAGE_KINDS = ['primary', 'filelists', 'other'] as const;

/** How the types of records order in repomd.xml, and what their files are called. */
const FILES = {
  primary: { name: 'primary.xml', compressed: true },
  filelists: { name: 'filelists.xml', compressed: true },
  other: { name: 'other.xml', compressed: true },
  updateinfo: { name: 'updateinfo.xml', compressed: true },
  group: { name: 'comps.xml', compressed: false },
  modules: { name: 'modules.yaml', compressed: false },
} as const;

type FileType = keyof typeof FILES;

/**
 * Renders the metadata of a repository version into files. Runs in a worker thread: it is pure but
 * for the files that it writes.
 *
 * @remarks
 * The bytes follow from the input and the batches alone. In memory are one batch and, of comps, all.
 *
 * @returns the files, repomd.xml last
 */
export async function renderMetadata(
  input: RenderInput,
  context: JobContext<RenderBatch, never>,
): Promise<RenderedFile[]> {
  const rendering = new Rendering(input);
  try {
    await rendering.begin();
    for await (const batch of context.batches) {
      context.checkCancelled();
      await rendering.add(batch);
    }
    return await rendering.finish();
  } catch (error) {
    await rendering.abandon();
    throw error;
  }
}

class Rendering {
  readonly #input: RenderInput;
  readonly #files = new Map<FileType, MetadataFile>();
  readonly #comps: CompsUnit[] = [];

  constructor(input: RenderInput) {
    this.#input = input;
  }

  async begin(): Promise<void> {
    for (const kind of PACKAGE_KINDS) {
      const header = renderPackagesHeader(kind, this.#input.packageCount);
      await this.#open(kind).write(header);
    }
  }

  async add(batch: RenderBatch): Promise<void> {
    switch (batch.kind) {
      case 'packages':
        return this.#addPackages(
          batch.packages.map((row, i) => this.#publish(row, batch.digests[i])),
        );
      case 'advisories': {
        const advisories: Advisory[] = batch.texts.map(text =>
          JSON.parse(text),
        );
        return this.#append(
          'updateinfo',
          advisories.map(renderAdvisory).join(''),
          UPDATEINFO_HEADER,
        );
      }
      case 'comps':
        this.#comps.push(...batch.texts.map(text => JSON.parse(text)));
        return undefined;
      default:
        return this.#append('modules', renderModules(batch.texts));
    }
  }

  async finish(): Promise<RenderedFile[]> {
    for (const kind of PACKAGE_KINDS) {
      await this.#append(kind, renderPackagesFooter(kind));
    }
    if (this.#files.has('updateinfo')) {
      await this.#append('updateinfo', UPDATEINFO_FOOTER);
    }
    if (this.#comps.length) {
      await this.#append('group', renderComps(this.#comps));
    }
    return this.#finishFiles();
  }

  async abandon(): Promise<void> {
    for (const file of this.#files.values()) await file.abandon();
  }

  /** A package as this publication describes it. */
  #publish(row: StoredPackage, digest: string | undefined): RpmPackage {
    const { location_href: fileName, pkg_id: pkgId } = row;
    const { layout, checksumType } = this.#input;
    return {
      ...toRpmPackage(row),
      locationHref: packagePath({ fileName, pkgId }, layout),
      ...(digest && { pkgId: digest, checksumType }),
    };
  }

  async #addPackages(packages: readonly RpmPackage[]): Promise<void> {
    for (const kind of PACKAGE_KINDS) {
      const render = (pkg: RpmPackage) =>
        renderPackage(kind satisfies PackageMetadataKind, pkg);
      await this.#append(kind, packages.map(render).join(''));
    }
  }

  #compressionOf(type: FileType): CompressionType {
    return FILES[type].compressed ? this.#input.compressionType : 'none';
  }

  #nameOf(type: FileType): string {
    return `${FILES[type].name}${extensionOf(this.#compressionOf(type))}`;
  }

  #open(type: FileType): MetadataFile {
    const { checksumType, folder } = this.#input;
    const file = new MetadataFile({
      path: join(folder, this.#nameOf(type)),
      compression: this.#compressionOf(type),
      checksumType,
    });
    this.#files.set(type, file);
    return file;
  }

  /** @param header - begins a file that does not exist yet */
  async #append(type: FileType, text: string, header = ''): Promise<void> {
    const file = this.#files.get(type);
    if (file) await file.write(text);
    else await this.#open(type).write(header + text);
  }

  async #finishFiles(): Promise<RenderedFile[]> {
    const { time, folder } = this.#input;
    const rendered: RenderedFile[] = [];
    const records: RepomdRecord[] = [];
    for (const type of Object.keys(FILES) as FileType[]) {
      const written = await this.#files.get(type)?.finish();
      if (!written) continue;
      const { checksum, size, openChecksum, openSize } = written;
      const name = this.#nameOf(type);
      const path = `repodata/${checksum.value}-${name}`;
      rendered.push({ path, file: join(folder, name), size });
      records.push({
        type,
        locationHref: path,
        checksum,
        size,
        timestamp: time,
        ...(this.#compressionOf(type) !== 'none' && { openChecksum, openSize }),
      });
    }
    const kept = this.#input.keptFiles.map(
      ({ dataType, path, checksum, size }): RepomdRecord => ({
        type: dataType,
        locationHref: path,
        checksum,
        size,
        timestamp: time,
      }),
    );
    records.push(...kept);

    const file = join(folder, 'repomd.xml');
    const repomd = renderRepomd({ revision: String(time), records });
    await writeFile(file, repomd, { flag: 'wx' });
    const size = Buffer.byteLength(repomd);
    return [...rendered, { path: 'repodata/repomd.xml', file, size }];
  }
}

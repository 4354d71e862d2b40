import {
  decompress,
  parseRepomd,
  readComps,
  readPackages,
  readUpdateinfo,
  splitModules,
  type Advisory,
  type CompsUnit,
  type Repomd,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import { readFile } from 'fs/promises';
import { join } from 'path';
import type { PublishTester } from './PublishTester';

const MAX_BYTES = 1_000_000_000;

/** The metadata of a repository as a client reads it. */
export class RepositoryMetadata {
  readonly #read: (path: string) => Promise<Uint8Array>;

  private constructor(read: (path: string) => Promise<Uint8Array>) {
    this.#read = read;
  }

  /** @param base - path of the repository's root below the content root */
  static served(tester: PublishTester, base: string): RepositoryMetadata {
    return new RepositoryMetadata(async path => {
      const { status, body } = await tester.fetch(`${base}/${path}`);
      if (status !== 200) throw new Error(`${status} for ${path}`);
      return body;
    });
  }

  static ofFolder(folder: string): RepositoryMetadata {
    return new RepositoryMetadata(path => readFile(join(folder, path)));
  }

  async repomd(): Promise<Repomd> {
    const bytes = await this.#read('repodata/repomd.xml');
    return parseRepomd(Buffer.from(bytes).toString());
  }

  /** The decompressed file of a type; empty when there is none. */
  async file(type: string): Promise<string> {
    const { records } = await this.repomd();
    const record = records.find(each => each.type === type);
    if (!record) return '';
    const bytes = await this.#read(record.locationHref);
    const chunks: Uint8Array[] = [];
    for await (const chunk of decompress(single(bytes), {
      maxBytes: MAX_BYTES,
    })) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  }

  async packages(): Promise<RpmPackage[]> {
    const [primary, filelists, other] = await Promise.all(
      ['primary', 'filelists', 'other'].map(async type => [
        await this.file(type),
      ]),
    );
    const batches = await collect(readPackages({ primary, filelists, other }));
    return batches.flat();
  }

  async advisories(): Promise<Advisory[]> {
    const text = await this.file('updateinfo');
    return text ? (await collect(readUpdateinfo([text]))).flat() : [];
  }

  async comps(): Promise<CompsUnit[]> {
    const text = await this.file('group');
    return text ? (await collect(readComps([text]))).flat() : [];
  }

  /** The documents of modules.yaml, as they are. */
  async modules(): Promise<string[]> {
    return splitModules(await this.file('modules'));
  }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

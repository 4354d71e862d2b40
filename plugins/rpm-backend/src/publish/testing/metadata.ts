import {
  decompress,
  parseRepomd,
  readPackages,
  type Repomd,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import type { PublishTester } from './PublishTester';

const MAX_BYTES = 1_000_000_000;

/** The metadata that a client finds below a path. */
export class PublishedMetadata {
  readonly #tester: PublishTester;
  readonly #base: string;

  /** @param base - where `repodata/` is, without a slash at its end */
  constructor(tester: PublishTester, base: string) {
    this.#tester = tester;
    this.#base = base;
  }

  async repomd(): Promise<Repomd> {
    return parseRepomd(
      await this.#tester.text(`${this.#base}/repodata/repomd.xml`),
    );
  }

  /** The decompressed file of a type; undefined when repomd.xml has none. */
  async file(type: string): Promise<string | undefined> {
    const { records } = await this.repomd();
    const record = records.find(each => each.type === type);
    if (!record) return undefined;
    const { body } = await this.#tester.fetch(
      `${this.#base}/${record.locationHref}`,
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of decompress(oneChunk(body), {
      maxBytes: MAX_BYTES,
    })) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  }

  async packages(): Promise<RpmPackage[]> {
    const [primary, filelists, other] = await Promise.all(
      ['primary', 'filelists', 'other'].map(type => this.file(type)),
    );
    const packages: RpmPackage[] = [];
    for await (const batch of readPackages({
      primary: [primary!],
      filelists: [filelists!],
      other: [other!],
    })) {
      packages.push(...batch);
    }
    return packages;
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

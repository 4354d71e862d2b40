import {
  compress,
  renderModules,
  renderPackage,
  renderPackagesFooter,
  renderPackagesHeader,
  renderRepomd,
  type RepomdRecord,
  type RpmPackage,
} from '@rpmportal/rpm-format';
import { createHash } from 'crypto';
import { createWriteStream } from 'fs';
import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';

const PACKAGE_FILES = ['primary', 'filelists', 'other'] as const;
const PACKAGES_PER_CHUNK = 200;

/** What a repository's metadata are about. */
export interface RepositoryContent {
  count: number;
  /** Can be gone through several times. */
  packages: () => Iterable<RpmPackage>;
  /** Documents of modules.yaml. */
  modules: readonly string[];
}

/** Writes a repository's metadata, without the packages themselves. */
export async function writeMetadata(
  folder: string,
  content: RepositoryContent,
): Promise<void> {
  await mkdir(join(folder, 'repodata'), { recursive: true });
  const records: RepomdRecord[] = [];
  for (const kind of PACKAGE_FILES) {
    const text = renderFile(kind, content);
    records.push(await writeRecord(folder, kind, `${kind}.xml.gz`, text));
  }
  if (content.modules.length) {
    const text = [renderModules(content.modules)];
    records.push(await writeRecord(folder, 'modules', 'modules.yaml.gz', text));
  }
  await writeFile(
    join(folder, 'repodata/repomd.xml'),
    renderRepomd({ revision: '1700000000', records }),
  );
}

function* renderFile(
  kind: (typeof PACKAGE_FILES)[number],
  { count, packages }: RepositoryContent,
): Generator<string> {
  yield renderPackagesHeader(kind, count);
  let entries: string[] = [];
  for (const pkg of packages()) {
    entries.push(renderPackage(kind, pkg));
    if (entries.length === PACKAGES_PER_CHUNK) {
      yield entries.join('');
      entries = [];
    }
  }
  yield entries.join('') + renderPackagesFooter(kind);
}

async function writeRecord(
  folder: string,
  type: string,
  name: string,
  text: Iterable<string>,
): Promise<RepomdRecord> {
  const locationHref = `repodata/${name}`;
  const open = new Tally();
  const served = new Tally();
  await pipeline(
    served.through(compress(open.through(encode(text)), 'gz')),
    createWriteStream(join(folder, locationHref)),
  );
  return {
    type,
    locationHref,
    checksum: served.checksum(),
    openChecksum: open.checksum(),
    size: served.size,
    openSize: open.size,
    timestamp: 1_700_000_000,
  };
}

function encode(text: Iterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  return Readable.from(text, { objectMode: true }).map(part =>
    encoder.encode(part),
  );
}

/** Counts bytes that go by. */
class Tally {
  size = 0;
  readonly #hash = createHash('sha256');

  async *through(
    chunks: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.size += chunk.length;
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  checksum(): { type: string; value: string } {
    return { type: 'sha256', value: this.#hash.digest('hex') };
  }
}

import {
  decompress,
  parseRepomd,
  readModules,
  readPackages,
} from '@rpmportal/rpm-format';
import { createReadStream } from 'fs';
import { readFile } from 'fs/promises';
import { basename, join } from 'path';
import type { ModuleRecord, PackageRecord } from '../../pool/records';

/** No file of real metadata is larger when decompressed. */
const MAX_BYTES = 8 * 1024 ** 3;

/** A repository as it lies in a folder. */
export interface ReadRepository {
  folder: string;
  packages: PackageRecord[];
  modules: ModuleRecord[];
  defaultStreams: Record<string, string>;
}

/**
 * Reads a folder with repodata.
 *
 * @param firstUnit - units are numbered from here, packages first
 */
export async function readRepository(
  folder: string,
  firstUnit: number,
): Promise<ReadRepository> {
  const { records } = parseRepomd(
    await readFile(join(folder, 'repodata/repomd.xml')),
  );
  const open = (type: string) => {
    const record = records.find(each => each.type === type);
    return (
      record &&
      decompress(
        createReadStream(
          join(folder, 'repodata', basename(record.locationHref)),
        ),
        { maxBytes: MAX_BYTES },
      )
    );
  };
  let unit = firstUnit;
  const packages: PackageRecord[] = [];
  const batches = readPackages({
    primary: open('primary')!,
    filelists: open('filelists'),
  });
  for await (const batch of batches) {
    for (const each of batch) {
      const { name, epoch, version, release, arch } = each;
      const { provides, requires, conflicts, obsoletes } = each;
      const { recommends, supplements } = each;
      packages.push({
        unit: unit++,
        ...{ name, epoch, version, release, arch },
        ...{ provides, requires, conflicts, obsoletes },
        ...{ recommends, supplements },
        files: each.files.map(({ path }) => path),
      });
    }
  }
  const modules: ModuleRecord[] = [];
  const defaultStreams: Record<string, string> = {};
  const documents = open('modules');
  for await (const document of documents ? readModules(documents) : []) {
    if (document.kind === 'modulemd-defaults' && document.stream) {
      defaultStreams[document.module] = document.stream;
    } else if (document.kind === 'modulemd') {
      const { name, stream, version, context, arch, artifacts } = document;
      modules.push({
        unit: unit++,
        ...{ name, stream, version, context, arch, artifacts },
        requires: document.dependencies.flatMap(({ requires = {} }) =>
          Object.entries(requires).map(([module, streams]) => ({
            name: module,
            streams,
          })),
        ),
      });
    }
  }
  return { folder, packages, modules, defaultStreams };
}

import { decompress, parseRepomd, splitModules } from '@rpmportal/rpm-format';
import { createReadStream } from 'fs';
import { readFile } from 'fs/promises';
import { join } from 'path';

const MOST_BYTES = 4 * 1024 ** 3;

/** How many units a repository's metadata hold, by content type. */
export type MetadataCounts = Record<string, number>;

/** Calls back with each match of a pattern that lies on one line. */
async function scan(
  path: string,
  onLine: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  const source = createReadStream(path);
  for await (const chunk of decompress(source, { maxBytes: MOST_BYTES })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    lines.forEach(onLine);
  }
  onLine(rest);
}

const PATTERNS: [RegExp, string][] = [
  [/<package type="rpm"/g, 'rpm.package'],
  [/<update[ >]/g, 'rpm.advisory'],
  [/<group>/g, 'rpm.packagegroup'],
  [/<category>/g, 'rpm.packagecategory'],
  [/<environment>/g, 'rpm.packageenvironment'],
];
const DOCUMENTS: Record<string, string> = {
  modulemd: 'rpm.modulemd',
  'modulemd-defaults': 'rpm.modulemd_defaults',
  'modulemd-obsoletes': 'rpm.modulemd_obsolete',
};

/**
 * Counts what a repository's metadata hold by looking for the beginnings of units in the text, so
 * that the figures come from another way of reading than a sync's.
 *
 * @param folder - that holds `repodata`
 */
export async function countMetadata(folder: string): Promise<MetadataCounts> {
  const counts: MetadataCounts = {};
  const add = (type: string, count: number) => {
    if (count) counts[type] = (counts[type] ?? 0) + count;
  };
  const { records } = parseRepomd(
    await readFile(join(folder, 'repodata', 'repomd.xml')),
  );
  for (const { type, locationHref } of records) {
    const path = join(folder, locationHref);
    if (['primary', 'updateinfo', 'group'].includes(type)) {
      await scan(path, line => {
        for (const [pattern, unit] of PATTERNS) {
          add(unit, line.match(pattern)?.length ?? 0);
        }
      });
    } else if (type === 'modules') {
      const lines: string[] = [];
      await scan(path, line => lines.push(line));
      for (const snippet of new Set(splitModules(lines.join('\n')))) {
        const kind = /^document: *(\S+)/m.exec(snippet)?.[1] ?? '';
        if (DOCUMENTS[kind]) add(DOCUMENTS[kind], 1);
      }
    }
  }
  return counts;
}

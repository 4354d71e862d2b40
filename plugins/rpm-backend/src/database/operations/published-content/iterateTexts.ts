import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { whereInVersion, type VersionContent } from '../../membership';
import { pause } from '../../pause';

/** Where the published text of a content type is, and by which columns texts are ordered. */
interface TextSource {
  table: string;
  text: 'document_json' | 'snippet';
  order: readonly string[];
}

const COMPS: TextSource = {
  table: 'rpm_comps',
  text: 'document_json',
  order: ['comps_id'],
};

const SOURCES = {
  'rpm.advisory': {
    table: 'rpm_advisory',
    text: 'document_json',
    order: ['advisory_id'],
  },
  'rpm.modulemd': {
    table: 'rpm_modulemd',
    text: 'snippet',
    order: ['name', 'stream', 'version', 'context', 'arch'],
  },
  'rpm.modulemd_defaults': {
    table: 'rpm_modulemd_defaults',
    text: 'snippet',
    order: ['module'],
  },
  'rpm.modulemd_obsolete': {
    table: 'rpm_modulemd_obsolete',
    text: 'snippet',
    order: ['module_name', 'module_stream', 'modified'],
  },
  'rpm.modulemd_document': {
    table: 'rpm_modulemd_document',
    text: 'snippet',
    order: ['document_type', 'module', 'document_version'],
  },
  'rpm.packagegroup': COMPS,
  'rpm.packagecategory': COMPS,
  'rpm.packageenvironment': COMPS,
  'rpm.packagelangpacks': COMPS,
} as const satisfies Partial<Record<ContentType, TextSource>>;

/** The content types that are published as texts of their own. */
export type TextContentType = keyof typeof SOURCES;

/** Sort columns read at a time. */
const WINDOW = 5_000;

/** Texts read at a time: modules and advisories of distributions take some 10 KB each. */
const CHUNK = 50;

interface Key {
  unitId: number;
  parts: readonly string[];
}

/** By code unit, so that no locale and no engine's collation has a say. */
function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.parts.length; i += 1) {
    if (a.parts[i] !== b.parts[i]) return a.parts[i] < b.parts[i] ? -1 : 1;
  }
  return 0;
}

async function readKeys(
  knex: Knex,
  content: VersionContent,
  type: ContentType,
  { table, order }: TextSource,
): Promise<Key[]> {
  const keys: Key[] = [];
  for (let after = 0; ; await pause()) {
    const query = knex('repository_content')
      .join(`${table} as detail`, {
        'detail.unit_id': 'repository_content.unit_id',
      })
      .join('unit', 'unit.id', 'repository_content.unit_id')
      .select('unit.id', 'unit.digest', ...order.map(name => `detail.${name}`))
      .where('repository_content.unit_type', type)
      .where('repository_content.unit_id', '>', after)
      .orderBy('repository_content.unit_id')
      .limit(WINDOW);
    const rows: Record<string, any>[] = await whereInVersion(query, content);
    for (const row of rows) {
      const parts = [...order.map(name => row[name] ?? ''), row.digest];
      keys.push({ unitId: row.id, parts });
      after = row.id;
    }
    if (rows.length < WINDOW) return keys;
  }
}

/**
 * The texts of a version's units of one type in batches: JSON of advisories and comps, YAML of
 * modules. The order is that of their natural keys, then digests, so it is the same whenever and
 * in whatever order units came.
 */
export async function* iterateTexts(
  knex: Knex,
  content: VersionContent,
  type: TextContentType,
): AsyncGenerator<string[], void, undefined> {
  const source: TextSource = SOURCES[type];
  const keys = await readKeys(knex, content, type, source);
  for (const chunk of chunksOf(keys.sort(compareKeys), CHUNK)) {
    const rows: { unit_id: number; text: string }[] = await knex(source.table)
      .select('unit_id', { text: source.text })
      .whereIn(
        'unit_id',
        chunk.map(key => key.unitId),
      );
    const texts = new Map(rows.map(row => [row.unit_id, row.text]));
    yield chunk.flatMap(key => texts.get(key.unitId) ?? []);
    await pause();
  }
}

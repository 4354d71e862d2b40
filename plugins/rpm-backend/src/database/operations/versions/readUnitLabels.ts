import type { Knex } from 'knex';
import type { ContentType } from '../../../identifiers';
import { chunksOf } from '../../chunks';
import { pause } from '../../pause';
import type { DbUnitRow } from '../../tables';

/** What people call a unit. */
export interface UnitLabel {
  id: number;
  uuid: string;
  type: ContentType;
  /** Without its version: package name, `module:stream`, advisory id, group id. */
  name: string;
  /** Undefined for types that have none. */
  arch: string | undefined;
  /** In full: NEVRA, `module:stream:version:context:arch`, … */
  label: string;
  /** Undefined for types that have none. */
  version: string | undefined;
  /** Text order is version order; undefined where versions have none. */
  versionKey: string | undefined;
  title: string | undefined;
}

type Naming = Omit<UnitLabel, 'id' | 'uuid' | 'type'>;

/** The columns that a rule asks for; all of those are texts. */
interface NamingRow {
  unit_id: number;
  [column: string]: any;
}

/** Which columns name the units of a type, and how. */
interface NamingRule {
  table: string;
  columns: string[];
  nameOf(row: NamingRow): Naming;
}

const NOTHING_ELSE = {
  arch: undefined,
  version: undefined,
  versionKey: undefined,
  title: undefined,
};

const COMPS: NamingRule = {
  table: 'rpm_comps',
  columns: ['comps_id', 'name'],
  nameOf: row => ({
    ...NOTHING_ELSE,
    name: row.comps_id || 'langpacks',
    label: row.comps_id || 'langpacks',
    title: row.name || undefined,
  }),
};

const RULES: Record<ContentType, NamingRule> = {
  'rpm.package': {
    table: 'rpm_package',
    columns: ['name', 'epoch', 'version', 'release', 'arch', 'evr_key'],
    nameOf: ({ name, epoch, version, release, arch, evr_key: versionKey }) => {
      const evr = `${epoch === '0' ? '' : `${epoch}:`}${version}-${release}`;
      return {
        name,
        arch,
        label: `${name}-${evr}.${arch}`,
        version: evr,
        versionKey,
        title: undefined,
      };
    },
  },
  'rpm.advisory': {
    table: 'rpm_advisory',
    columns: ['advisory_id', 'updated_date', 'issued_date', 'title'],
    nameOf: row => ({
      ...NOTHING_ELSE,
      name: row.advisory_id,
      label: row.advisory_id,
      version: row.updated_date || row.issued_date || undefined,
      title: row.title || undefined,
    }),
  },
  'rpm.modulemd': {
    table: 'rpm_modulemd',
    columns: ['name', 'stream', 'version', 'context', 'arch'],
    nameOf: ({ name, stream, version, context, arch }) => ({
      name: `${name}:${stream}`,
      arch,
      label: [name, stream, version, context, arch].join(':'),
      version,
      // Module versions are whole numbers; padded, their texts order alike.
      versionKey: version.padStart(20, '0'),
      title: undefined,
    }),
  },
  'rpm.modulemd_defaults': {
    table: 'rpm_modulemd_defaults',
    columns: ['module', 'stream'],
    nameOf: ({ module, stream }) => ({
      ...NOTHING_ELSE,
      name: module,
      label: module,
      title: stream || undefined,
    }),
  },
  'rpm.modulemd_obsolete': {
    table: 'rpm_modulemd_obsolete',
    columns: ['module_name', 'module_stream', 'modified'],
    nameOf: row => ({
      ...NOTHING_ELSE,
      name: `${row.module_name}:${row.module_stream}`,
      label: `${row.module_name}:${row.module_stream}`,
      version: row.modified,
    }),
  },
  'rpm.modulemd_document': {
    table: 'rpm_modulemd_document',
    columns: ['document_type', 'document_version', 'module'],
    nameOf: ({ document_type: type, document_version: version, module }) => ({
      ...NOTHING_ELSE,
      name: [type, module].filter(Boolean).join(' '),
      label: [type, module].filter(Boolean).join(' '),
      version: version ?? undefined,
    }),
  },
  'rpm.packagegroup': COMPS,
  'rpm.packagecategory': COMPS,
  'rpm.packageenvironment': COMPS,
  'rpm.packagelangpacks': COMPS,
  'rpm.repo_metadata_file': {
    table: 'rpm_repo_metadata_file',
    columns: ['data_type', 'relative_path'],
    nameOf: row => ({
      ...NOTHING_ELSE,
      name: row.data_type,
      label: row.data_type,
      title: row.relative_path,
    }),
  },
  'rpm.distribution_tree': {
    table: 'rpm_distribution_tree',
    columns: ['release_name', 'release_version', 'arch'],
    // A version has one tree at most, so that any other one is the same thing in another state.
    nameOf: row => ({
      ...NOTHING_ELSE,
      name: 'distribution tree',
      label: [row.release_name, row.release_version, row.arch]
        .filter(Boolean)
        .join(' '),
    }),
  },
};

/** The names of units, in ascending order of their ids; unknown ids are left out. */
export async function readUnitLabels(
  knex: Knex,
  ids: readonly number[],
): Promise<UnitLabel[]> {
  const labels: UnitLabel[] = [];
  for (const chunk of chunksOf(ids)) {
    const units = new Map<number, Pick<DbUnitRow, 'uuid' | 'type'>>();
    const rows = await knex<DbUnitRow>('unit')
      .select('id', 'uuid', 'type')
      .whereIn('id', chunk);
    for (const { id, uuid, type } of rows) units.set(id, { uuid, type });

    for (const type of new Set(rows.map(row => row.type as ContentType))) {
      const { table, columns, nameOf } = RULES[type];
      const ofType = [...units].filter(([, unit]) => unit.type === type);
      const named: NamingRow[] = await knex(table)
        .select('unit_id', ...columns)
        .whereIn(
          'unit_id',
          ofType.map(([id]) => id),
        );
      for (const row of named) {
        const { uuid } = units.get(row.unit_id)!;
        labels.push({ id: row.unit_id, uuid, type, ...nameOf(row) });
      }
    }
    await pause();
  }
  return labels.sort((a, b) => a.id - b.id);
}

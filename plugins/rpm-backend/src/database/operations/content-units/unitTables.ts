import type { ContentType } from '../../../identifiers';

/** Where the rows of a content type are, as lists see them. */
export interface UnitTable {
  name: string;
  /** Several content types are in the table. */
  shared?: boolean;
  /** Column by filter; these can also be named in `ordering`. */
  columns: Record<string, string>;
}

function columns(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).map(([field, column]) => [field, `detail.${column}`]),
  );
}

const COMPS: UnitTable = {
  name: 'rpm_comps',
  shared: true,
  columns: columns({ id: 'comps_id', name: 'name' }),
};

/** The table of each content type; queries call it `detail`. */
export const UNIT_TABLES: Record<ContentType, UnitTable> = {
  'rpm.package': {
    name: 'rpm_package',
    columns: columns({
      name: 'name',
      epoch: 'epoch',
      version: 'version',
      release: 'release',
      arch: 'arch',
      pkgId: 'pkg_id',
      checksum_type: 'checksum_type',
      filename: 'location_href',
      size_package: 'size_package',
      time_build: 'time_build',
    }),
  },
  'rpm.advisory': {
    name: 'rpm_advisory',
    columns: columns({
      id: 'advisory_id',
      status: 'status',
      severity: 'severity',
      type: 'type',
      issued_date: 'issued_date',
      updated_date: 'updated_date',
    }),
  },
  'rpm.modulemd': {
    name: 'rpm_modulemd',
    columns: columns({
      name: 'name',
      stream: 'stream',
      version: 'version',
      context: 'context',
      arch: 'arch',
    }),
  },
  'rpm.modulemd_defaults': {
    name: 'rpm_modulemd_defaults',
    columns: columns({ module: 'module', stream: 'stream' }),
  },
  'rpm.modulemd_obsolete': {
    name: 'rpm_modulemd_obsolete',
    columns: columns({
      modified: 'modified',
      module_name: 'module_name',
      module_stream: 'module_stream',
    }),
  },
  'rpm.packagegroup': COMPS,
  'rpm.packagecategory': COMPS,
  'rpm.packageenvironment': COMPS,
  'rpm.packagelangpacks': COMPS,
  'rpm.repo_metadata_file': {
    name: 'rpm_repo_metadata_file',
    columns: columns({
      data_type: 'data_type',
      relative_path: 'relative_path',
    }),
  },
  'rpm.distribution_tree': { name: 'rpm_distribution_tree', columns: {} },
};

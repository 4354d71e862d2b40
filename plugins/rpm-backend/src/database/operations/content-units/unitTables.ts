import type { ContentType } from '../../../identifiers';

/** Where the rows of a content type are, as lists see them. */
export interface UnitTable {
  name: string;
  /** Several content types are in the table. */
  shared?: boolean;
  /** Column by filter; these can also be named in `ordering`. */
  columns: Record<string, string>;
  /** Columns that can only be named in `ordering`. */
  ordered?: Record<string, string>;
  /** What can be named in `ordering` and is in the column `document_json`, by its key there. */
  documented?: Record<string, DocumentKey>;
}

/** A key of a document; numbers are marked, for they are not ordered as texts. */
type DocumentKey = string | { number: string };

function columns(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).map(([field, column]) => [field, `detail.${column}`]),
  );
}

const COMPS: UnitTable = {
  name: 'rpm_comps',
  shared: true,
  columns: {},
  ordered: {
    ...columns({ id: 'comps_id', name: 'name' }),
    digest: 'unit.digest',
  },
  documented: {
    description: 'description',
    display_order: { number: 'displayOrder' },
  },
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
    }),
    ordered: columns({
      location_href: 'location_href',
      summary: 'summary',
      description: 'description',
      url: 'url',
      rpm_buildhost: 'buildhost',
      rpm_group: 'rpm_group',
      rpm_license: 'license',
      rpm_packager: 'packager',
      rpm_sourcerpm: 'sourcerpm',
      rpm_vendor: 'vendor',
      rpm_header_start: 'header_start',
      rpm_header_end: 'header_end',
      size_archive: 'size_archive',
      size_installed: 'size_installed',
      size_package: 'size_package',
      time_build: 'time_build',
      time_file: 'time_file',
    }),
  },
  'rpm.advisory': {
    name: 'rpm_advisory',
    columns: columns({
      id: 'advisory_id',
      status: 'status',
      severity: 'severity',
      type: 'type',
    }),
    ordered: columns({
      title: 'title',
      issued_date: 'issued_date',
      updated_date: 'updated_date',
    }),
    documented: {
      description: 'description',
      fromstr: 'fromstr',
      summary: 'summary',
      version: 'version',
      solution: 'solution',
      release: 'release',
      rights: 'rights',
      pushcount: 'pushcount',
      reboot_suggested: 'rebootSuggested',
    },
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
    ordered: columns({
      static_context: 'static_context',
      description: 'description',
    }),
  },
  'rpm.modulemd_defaults': {
    name: 'rpm_modulemd_defaults',
    columns: columns({ module: 'module', stream: 'stream' }),
  },
  'rpm.modulemd_obsolete': {
    name: 'rpm_modulemd_obsolete',
    columns: {},
    ordered: columns({
      modified: 'modified',
      module_name: 'module_name',
      module_stream: 'module_stream',
    }),
    documented: {
      message: 'message',
      override_previous: 'reset',
      module_context: 'context',
      eol_date: 'eolDate',
      obsoleted_by_module_name: 'obsoletedBy.module',
      obsoleted_by_module_stream: 'obsoletedBy.stream',
    },
  },
  'rpm.modulemd_document': {
    name: 'rpm_modulemd_document',
    columns: columns({ document_type: 'document_type', module: 'module' }),
    ordered: columns({ document_version: 'document_version' }),
  },
  'rpm.packagegroup': {
    ...COMPS,
    documented: {
      ...COMPS.documented,
      default: 'default',
      user_visible: 'userVisible',
      biarch_only: 'biarchOnly',
    },
  },
  'rpm.packagecategory': COMPS,
  'rpm.packageenvironment': COMPS,
  'rpm.packagelangpacks': COMPS,
  'rpm.repo_metadata_file': {
    name: 'rpm_repo_metadata_file',
    columns: {},
    ordered: columns({
      data_type: 'data_type',
      relative_path: 'relative_path',
      checksum_type: 'checksum_type',
      checksum: 'checksum',
    }),
  },
  'rpm.distribution_tree': { name: 'rpm_distribution_tree', columns: {} },
};

/**
 * The content types: Pulp's type name, the collection below `content/`, the PRN's model and the
 * name of the href parameter in the OpenAPI document.
 */
export const CONTENT_TYPES = {
  'rpm.package': {
    collection: 'content/rpm/packages',
    prn: 'rpm.package',
    parameter: 'rpm_package_href',
  },
  'rpm.advisory': {
    collection: 'content/rpm/advisories',
    prn: 'rpm.updaterecord',
    parameter: 'rpm_update_record_href',
  },
  'rpm.modulemd': {
    collection: 'content/rpm/modulemds',
    prn: 'rpm.modulemd',
    parameter: 'rpm_modulemd_href',
  },
  'rpm.modulemd_defaults': {
    collection: 'content/rpm/modulemd_defaults',
    prn: 'rpm.modulemddefaults',
    parameter: 'rpm_modulemd_defaults_href',
  },
  'rpm.modulemd_obsolete': {
    collection: 'content/rpm/modulemd_obsoletes',
    prn: 'rpm.modulemdobsolete',
    parameter: 'rpm_modulemd_obsolete_href',
  },
  'rpm.modulemd_document': {
    collection: 'content/rpm/modulemd_documents',
    prn: 'rpm.modulemddocument',
    parameter: 'rpm_modulemd_document_href',
  },
  'rpm.packagegroup': {
    collection: 'content/rpm/packagegroups',
    prn: 'rpm.packagegroup',
    parameter: 'rpm_package_group_href',
  },
  'rpm.packagecategory': {
    collection: 'content/rpm/packagecategories',
    prn: 'rpm.packagecategory',
    parameter: 'rpm_package_category_href',
  },
  'rpm.packageenvironment': {
    collection: 'content/rpm/packageenvironments',
    prn: 'rpm.packageenvironment',
    parameter: 'rpm_package_environment_href',
  },
  'rpm.packagelangpacks': {
    collection: 'content/rpm/packagelangpacks',
    prn: 'rpm.packagelangpacks',
    parameter: 'rpm_package_langpacks_href',
  },
  'rpm.repo_metadata_file': {
    collection: 'content/rpm/repo_metadata_files',
    prn: 'rpm.repometadatafile',
    parameter: 'rpm_repo_metadata_file_href',
  },
  'rpm.distribution_tree': {
    collection: 'content/rpm/distribution_trees',
    prn: 'rpm.distributiontree',
    parameter: 'rpm_distribution_tree_href',
  },
} as const;

/** Pulp's name of a content type, as in `content_summary`. */
export type ContentType = keyof typeof CONTENT_TYPES;

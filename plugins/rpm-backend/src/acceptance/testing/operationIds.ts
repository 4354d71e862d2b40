function ids(prefix: string, verbs: string): string[] {
  return verbs.split(' ').map(verb => `${prefix}_${verb}`);
}

const ENTITY = 'list create read update partial_update delete';

/** The operations that the `pulp` command knows of this service's part of Pulp. */
export const PULP_OPERATIONS = [
  'status_read',
  'copy_content',
  'rpm_comps_upload',
  'rpm_prune_prune_packages',
  'orphans_cleanup_cleanup',
  'content_list',
  'repository_versions_list',
  'repositories_list',
  'remotes_list',
  'publications_list',
  'distributions_list',
  ...ids('repositories_rpm_rpm', ENTITY),
  ...ids('repositories_rpm_rpm', 'modify sync set_label unset_label'),
  ...ids('repositories_rpm_rpm_versions', 'list read delete repair scan'),
  ...ids('remotes_rpm_rpm', ENTITY),
  ...ids('publications_rpm_rpm', 'list create read delete'),
  ...ids('distributions_rpm_rpm', ENTITY),
  ...ids('content_rpm_packages', 'list create read upload'),
  ...ids('content_rpm_advisories', 'list create read'),
  ...ids('content_rpm_modulemds', 'list create read'),
  ...ids('content_rpm_modulemd_defaults', 'list create read'),
  ...ids('content_rpm_modulemd_obsoletes', 'list create read'),
  ...ids('content_rpm_packagegroups', 'list read'),
  ...ids('content_rpm_packagecategories', 'list read'),
  ...ids('content_rpm_packageenvironments', 'list read'),
  ...ids('content_rpm_packagelangpacks', 'list read'),
  ...ids('content_rpm_distribution_trees', 'list read'),
  ...ids('content_rpm_repo_metadata_files', 'list read'),
  ...[
    'packages',
    'advisories',
    'modulemds',
    'modulemd_defaults',
    'modulemd_obsoletes',
    'packagegroups',
    'packagecategories',
    'packageenvironments',
    'packagelangpacks',
    'distribution_trees',
    'repo_metadata_files',
  ].flatMap(type => ids(`content_rpm_${type}`, 'set_label unset_label')),
  ...ids('artifacts', 'list create read delete'),
  ...ids('uploads', 'list create read update delete commit'),
  ...ids('tasks', 'list read delete cancel purge'),
  ...ids('task_groups', 'list read cancel'),
];

/** Those that are left out: there is nothing here that looks for vulnerabilities. */
export const OMITTED_OPERATIONS = ['repositories_rpm_rpm_versions_scan'];

/** The parameters that stand for whole hrefs, by which the command tells what an href is of. */
export const PULP_HREFS = [
  'rpm_rpm_repository_href',
  'rpm_rpm_repository_version_href',
  'rpm_rpm_remote_href',
  'rpm_rpm_publication_href',
  'rpm_rpm_distribution_href',
  'rpm_package_href',
  'rpm_update_record_href',
  'rpm_modulemd_href',
  'rpm_modulemd_defaults_href',
  'rpm_modulemd_obsolete_href',
  'rpm_package_group_href',
  'rpm_package_category_href',
  'rpm_package_environment_href',
  'rpm_package_langpacks_href',
  'rpm_distribution_tree_href',
  'rpm_repo_metadata_file_href',
  'artifact_href',
  'upload_href',
  'task_href',
  'task_group_href',
];

/** What has hrefs here and not in Pulp, so that the command has no name for it. */
export const OWN_HREFS = ['rpm_plan_href', 'rpm_modulemd_document_href'];

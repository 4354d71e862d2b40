import type { RepositoryServer } from '../../../sync/testing/RepositoryServer';
import type { PulpCommand } from '../PulpCommand';
import { syncEverything } from '../syncEverything';
import type { Known } from './examples';

/** Makes an entity of each kind, so that requests can name what exists. */
export async function insertKnown(
  pulp: PulpCommand,
  server: RepositoryServer,
): Promise<Known> {
  const { client } = pulp;
  const repository = await syncEverything(pulp, server, 'known');
  const version = repository.latest_version_href;
  const remote = await pulp.find('remotes_rpm_rpm', 'zoo');
  const [task] = await pulp.list('tasks_list', {}, 1);
  const group = await pulp.prunePackages({
    repositories: ['known'],
    dryRun: true,
  });
  const artifact = await client.call('artifacts_create', {
    body: { file: new Blob(['known']) },
  });
  const upload = await client.call('uploads_create', { body: { size: 10 } });
  const publication = await pulp.create('publications_rpm_rpm', {
    repository: repository.pulp_href,
    checkpoint: true,
  });
  const distribution = await pulp.create('distributions_rpm_rpm', {
    name: 'known',
    base_path: 'known',
    repository: repository.pulp_href,
  });
  /** One unit of each content type, under the name of the parameter for its href. */
  const units: Record<string, string> = {};
  for (const id of client.api.operationIds) {
    const [, type] = /^content_rpm_(\w+)_read$/.exec(id) ?? [];
    if (!type) continue;
    const [unit] = await pulp.list(`content_rpm_${type}_list`, {}, 1);
    const [, parameter] = /^\{(\w+)\}/.exec(client.api.operation(id).path)!;
    if (unit) units[parameter] = unit.pulp_href;
  }
  const unit = units.rpm_package_href;
  const config = [
    {
      source_repo_version: version,
      dest_repo: repository.pulp_href,
      content: [unit],
    },
  ];
  const copy = await client.run('rpm_copy_content', {
    body: { config, dependency_solving: false, dry_run: true },
  });
  return {
    rpm_plan_href: copy.result.plan,
    rpm_rpm_remote_href: remote.pulp_href,
    rpm_rpm_repository_href: repository.pulp_href,
    rpm_rpm_repository_version_href: version,
    rpm_rpm_publication_href: publication.pulp_href,
    rpm_rpm_distribution_href: distribution.pulp_href,
    task_href: task.pulp_href,
    task_group_href: group.pulp_href,
    artifact_href: artifact.pulp_href,
    upload_href: upload.pulp_href,
    artifact: artifact.pulp_href,
    upload: upload.pulp_href,
    ...units,
    url: remote.url,
    remote: remote.pulp_href,
    repository: repository.pulp_href,
    repository_version: version,
    base_version: version,
    version,
    from: version,
    publication: publication.pulp_href,
    add_content_units: [unit],
    remove_content_units: [unit],
    content_hrefs: [unit],
    repo_hrefs: [repository.pulp_href],
    config,
  };
}

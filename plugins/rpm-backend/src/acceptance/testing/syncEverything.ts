import {
  composePrimary,
  composeRepository,
} from '../../sync/testing/composeRepository';
import type { RepositoryServer } from '../../sync/testing/RepositoryServer';
import type { PulpCommand } from './PulpCommand';

/** Makes a repository and syncs from all example repositories, so that it has units of all types. */
export async function syncEverything(
  pulp: PulpCommand,
  server: RepositoryServer,
  repository: string,
): Promise<any> {
  server.compose(
    'product',
    composeRepository([
      { type: 'primary', content: composePrimary([{ name: 'product' }]) },
      { type: 'productid', content: 'certificate' },
    ]),
  );
  await pulp.client.call('repositories_rpm_rpm_create', {
    body: { name: repository },
  });
  for (const name of ['zoo', 'repo-2', 'product']) {
    await pulp.client.call('remotes_rpm_rpm_create', {
      body: { name, url: server.urlOf(name), policy: 'on_demand' },
    });
    await pulp.sync({ repository, remote: name });
  }
  return pulp.repository(repository);
}

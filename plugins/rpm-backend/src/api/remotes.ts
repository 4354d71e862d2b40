import {
  REMOTE_SECRETS,
  baseRemoteSchema,
  remoteRoutes,
  type Remote,
} from '@rpmportal/backstage-plugin-rpm-common';
import { hrefOf, prnOf } from '../identifiers';
import type { LabelService } from '../labels';
import type { RemoteRecord, RemoteService, RemoteUpdate } from '../remote';
import {
  implement,
  shownBy,
  type ImplementedRoute,
  type PageLinks,
} from './edge';
import { labelApi } from './labels';

const OPTIONAL_SETTINGS = {
  ca_cert: null,
  client_cert: null,
  tls_validation: true,
  proxy_url: null,
  max_retries: null,
  download_concurrency: null,
  total_timeout: null,
  connect_timeout: null,
  sock_connect_timeout: null,
  sock_read_timeout: null,
  headers: null,
  rate_limit: null,
  sles_auth_token: null,
};

/** A remote in wire format: secrets only as whether they are set. */
function serializeRemote(remote: RemoteRecord): Remote {
  return {
    pulp_href: hrefOf('remote', remote.uuid),
    prn: prnOf('remote', remote.uuid),
    pulp_created: remote.createdAt,
    pulp_last_updated: remote.updatedAt,
    name: remote.name,
    url: remote.url,
    policy: remote.policy,
    pulp_labels: remote.labels,
    ...OPTIONAL_SETTINGS,
    ...remote.settings,
    owner: remote.owner ?? null,
    entity: remote.entity ?? null,
    hidden_fields: REMOTE_SECRETS.map(name => ({
      name,
      is_set: Boolean(remote.secrets[name]),
    })),
  };
}

function updateReply({ remote, task }: RemoteUpdate) {
  return task
    ? ({ status: 202, body: { task: hrefOf('task', task) } } as const)
    : ({ status: 200, body: serializeRemote(remote) } as const);
}

export function remoteApi(options: {
  remotes: RemoteService;
  labels: LabelService;
  links: PageLinks;
}): ImplementedRoute[] {
  const { remotes, links } = options;
  return [
    implement(remoteRoutes.list, async request => {
      const page = await remotes.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, serializeRemote),
      };
    }),
    implement(remoteRoutes.listAll, async request => {
      const page = await remotes.list(request.query, request);
      return {
        status: 200,
        body: await links.page(request, page, one =>
          shownBy(baseRemoteSchema, serializeRemote(one)),
        ),
      };
    }),
    implement(remoteRoutes.create, async request => {
      const remote = await remotes.create(request.body, request);
      return { status: 201, body: serializeRemote(remote) };
    }),
    implement(remoteRoutes.read, async request => {
      const remote = await remotes.get(request.params.remote, request);
      return { status: 200, body: serializeRemote(remote) };
    }),
    implement(remoteRoutes.update, async request =>
      updateReply(
        await remotes.update(request.params.remote, request.body, {
          credentials: request.credentials,
          replace: true,
        }),
      ),
    ),
    implement(remoteRoutes.partialUpdate, async request =>
      updateReply(
        await remotes.update(request.params.remote, request.body, {
          credentials: request.credentials,
          replace: false,
        }),
      ),
    ),
    implement(remoteRoutes.delete, async request => {
      const task = await remotes.delete(request.params.remote, request);
      return { status: 202, body: { task: hrefOf('task', task) } };
    }),
    ...labelApi('remote', remoteRoutes, options),
  ];
}

import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { RESOURCE_TYPE_RPM_REMOTE } from '@rpmportal/backstage-plugin-rpm-common';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import {
  createRpmRemoteConditionalDecision,
  rpmRemoteConditions,
} from './conditionExports';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** Everybody may create; the rest is for owners, and reading for those who have the label too. */
class OwnersOnly implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!isResourcePermission(permission, RESOURCE_TYPE_RPM_REMOTE)) {
      return { result: AuthorizeResult.ALLOW };
    }
    const owner = rpmRemoteConditions.isRemoteOwner({
      claims: user?.info.ownershipEntityRefs ?? [],
    });
    const shown = rpmRemoteConditions.hasLabel({ key: 'shown' });
    return createRpmRemoteConditionalDecision(
      permission,
      permission.attributes.action === 'read'
        ? { anyOf: [owner, shown] }
        : owner,
    );
  }
}

const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-only',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new OwnersOnly());
      },
    });
  },
});

/**
 * The mock's tokens on behalf of users do not say which plugin acts, which the permission backend
 * asks for before it answers with conditions.
 */
const authFactory = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const auth = mockServices.auth({ pluginId: plugin.getId() });
    return Object.assign(Object.create(auth), {
      async getPluginRequestToken(
        options: Parameters<typeof auth.getPluginRequestToken>[0],
      ) {
        const { onBehalfOf } = options;
        return auth.isPrincipal(onBehalfOf, 'user')
          ? {
              token: mockCredentials.user.token(
                onBehalfOf.principal.userEntityRef,
                { actor: { subject: `plugin:${plugin.getId()}` } },
              ),
            }
          : auth.getPluginRequestToken(options);
      },
    });
  },
});

const shop: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
  relations: [{ type: RELATION_OWNED_BY, targetRef: 'user:default/keeper' }],
};

const keeper = mockCredentials.user.header('user:default/keeper');
const maker = mockCredentials.user.header('user:default/maker');
const stranger = mockCredentials.user.header('user:default/stranger');

describe.each(databases.eachSupportedId())('ownership on %p', databaseId => {
  let rpm: RpmTestBackend;
  let made: any;
  let ofShop: any;
  let shown: any;

  beforeAll(async () => {
    rpm = await startRpmBackend({
      knex: await databases.init(databaseId),
      rootConfig: { permission: { enabled: true } },
      features: [
        authFactory,
        permissionsServiceFactory,
        permissionBackend,
        policyModule,
        catalogServiceMock.factory({ entities: [shop] }),
      ],
    });
    const create = async (body: object) =>
      (
        await rpm.post(
          'remotes/rpm/rpm/',
          { url: 'https://packages.example/', ...body },
          maker,
        )
      ).body;
    made = await create({ name: 'made' });
    ofShop = await create({
      name: 'of-shop',
      entity: 'component:default/shop',
    });
    shown = await create({
      name: 'shown',
      owner: 'group:default/nobody',
      pulp_labels: { shown: 'yes' },
    });
  });
  afterAll(() => rpm.stop());

  const names = async (token: string) => {
    const { body } = await rpm.get('remotes/rpm/rpm/', token);
    return body.results.map((remote: any) => remote.name).sort();
  };
  const change = async (remote: any, token: string) =>
    (await rpm.patch(remote.pulp_href, { rate_limit: 5 }, token)).status;

  it('shows in lists what the policy lets a user read', async () => {
    expect(await names(maker)).toEqual(['made', 'shown']);
    expect(await names(keeper)).toEqual(['of-shop', 'shown']);
    expect(await names(stranger)).toEqual(['shown']);
  });

  it('goes by the owner of the entity, and by the creator where there is neither', async () => {
    expect(await change(ofShop, keeper)).toBe(202);
    expect(await change(made, maker)).toBe(202);
  });

  it('finds a repository by its owner, also when that is the owner of its entity', async () => {
    await rpm.post(
      'repositories/rpm/rpm/',
      { name: 'shop', entity: 'component:default/shop' },
      maker,
    );
    await rpm.post('repositories/rpm/rpm/', { name: 'own' }, maker);
    const ownedBy = async (owner: string) => {
      const { body } = await rpm.get(
        `repositories/rpm/rpm/?owner=${owner}`,
        maker,
      );
      return body.results.map((repository: any) => repository.name);
    };
    expect(await ownedBy('user:default/keeper')).toEqual(['shop']);
    expect(await ownedBy('user:default/maker')).toEqual(['own']);
    expect(await ownedBy('user:default/stranger')).toEqual([]);
  });

  it('hides from strangers what they may not read, and refuses the rest', async () => {
    expect((await rpm.get(made.pulp_href, stranger)).status).toBe(404);
    expect(await change(made, stranger)).toBe(404);
    expect(await change(shown, stranger)).toBe(403);
    const refused = await rpm.delete(shown.pulp_href, stranger);
    expect(refused.body).toEqual({
      detail: 'You do not have permission to perform this action.',
    });
  });
});

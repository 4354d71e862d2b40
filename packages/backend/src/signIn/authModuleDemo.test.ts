import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { authModuleDemo } from './authModuleDemo';

const config = {
  app: { baseUrl: 'http://localhost:3000' },
  auth: { providers: { 'demo-owner': {}, 'demo-visitor': {} } },
};

const user = (name: string, team: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { memberOf: [team] },
  relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
});

async function startAuth() {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      authModuleDemo,
      mockServices.rootConfig.factory({ data: config }),
      catalogServiceMock.factory({
        entities: [user('owner', 'shop'), user('visitor', 'platform')],
      }),
    ],
  });
  return request(server);
}

describe('authModuleDemo', () => {
  const environment = process.env.NODE_ENV;

  const runAs = (value: string) =>
    Object.assign(process.env, { NODE_ENV: value });

  afterEach(() => {
    runAs(environment!);
  });

  it.each([
    ['owner', 'group:default/shop'],
    ['visitor', 'group:default/platform'],
  ])('signs in the %s as a member of their team', async (name, team) => {
    runAs('development');
    const response = await (
      await startAuth()
    ).get(`/api/auth/demo-${name}/refresh`);

    expect(response.status).toBe(200);
    expect(response.body.backstageIdentity.identity).toMatchObject({
      userEntityRef: `user:default/${name}`,
      ownershipEntityRefs: [`user:default/${name}`, team],
    });
  });

  it.each(['production', 'test'])(
    'refuses to sign anyone in when NODE_ENV is %s',
    async value => {
      runAs(value);
      const response = await (
        await startAuth()
      ).get('/api/auth/demo-owner/refresh');

      expect(response.status).toBe(403);
      expect(response.body.error.name).toBe('NotAllowedError');
      expect(response.body).not.toHaveProperty('backstageIdentity');
    },
  );
});

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { API_ROOT } from '../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import {
  OMITTED_OPERATIONS,
  OWN_HREFS,
  PULP_HREFS,
  PULP_OPERATIONS,
} from './testing/operationIds';
import { RefusedCall } from './testing/replies';
import { StrictClient } from './testing/StrictClient';
import { originOf } from './testing/startPulpCommand';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** What the `pulp` command does and looks at before the first call that it was started for. */
describe('the start of the pulp command', () => {
  let rpm: RpmTestBackend;
  let anonymous: StrictClient;

  beforeAll(async () => {
    rpm = await startRpmBackend({
      knex: await databases.init('SQLITE_3'),
      features: [
        mockServices.httpAuth.factory({
          // Of requests that bring none; otherwise they would be a user's.
          defaultCredentials: mockCredentials.none(),
        }),
      ],
    });
    anonymous = await StrictClient.connect(originOf(rpm));
  });
  afterAll(() => rpm.stop());

  it('needs no credentials, and finds one set of versions', async () => {
    const { versions, domain_enabled: domains } = await anonymous.call(
      'status_read',
    );
    expect(
      Object.fromEntries(
        versions.map((app: any) => [app.component, app.version]),
      ),
    ).toEqual(anonymous.api.versions);
    expect(domains).toBe(false);
  });

  it.each([
    ['a header', () => mockCredentials.user.header()],
    [
      'a password',
      () =>
        `Basic ${Buffer.from(`me:${mockCredentials.user.token()}`).toString(
          'base64',
        )}`,
    ],
  ])('may come with a token as %s', async (_, authorization) => {
    for (const path of ['status/', 'docs/api.json', 'tasks/']) {
      const { status } = await fetch(`${originOf(rpm)}${API_ROOT}${path}`, {
        redirect: 'manual',
        headers: { Authorization: authorization() },
      });
      expect({ path, status }).toEqual({ path, status: 200 });
    }
  });

  it('finds the operations that it knows, except those that are left out', () => {
    // The client renames this one, as the command does.
    const documented = anonymous.api.operationIds.map(id =>
      id === 'rpm_copy_content' ? 'copy_content' : id,
    );
    expect(PULP_OPERATIONS.filter(id => !documented.includes(id))).toEqual(
      PULP_OPERATIONS.filter(id => OMITTED_OPERATIONS.includes(id)),
    );
    expect(
      OMITTED_OPERATIONS.filter(id => !PULP_OPERATIONS.includes(id)),
    ).toEqual([]);
  });

  it('knows what every href is of', () => {
    const { api } = anonymous;
    const parameters = api.operationIds.flatMap(
      id => /^\{(\w+)\}/.exec(api.operation(id).path)?.[1] ?? [],
    );
    expect(parameters).toContain('rpm_package_href');
    const known = [...PULP_HREFS, ...OWN_HREFS];
    expect(parameters.filter(name => !known.includes(name))).toEqual([]);
  });

  it('can check every body and every reply', () => {
    const { api } = anonymous;
    for (const id of api.operationIds) {
      const { bodies, responses } = api.operation(id);
      const schemas = [bodies, ...Object.values(responses)].flatMap(types =>
        Object.values(types),
      );
      for (const schema of schemas) {
        expect(
          api.checker.findFault(schema, 'no entity', 'reply'),
        ).toBeDefined();
      }
    }
  });

  it('is told when credentials are wanted', async () => {
    await expect(anonymous.call('repositories_rpm_rpm_list')).rejects.toEqual(
      new RefusedCall(401, {
        detail: 'Authentication credentials were not provided.',
      }),
    );
  });
});

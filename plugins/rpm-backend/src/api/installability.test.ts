import { mockCredentials } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'events';
import { request as httpRequest } from 'http';
import type { AddressInfo } from 'net';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { testPolicy } from '../testing/policies';
import { RepositoryDriver } from '../testing/RepositoryDriver';
import { saveTestModules, saveTestPackages } from '../testing/units';
import { PageLinks } from './edge';
import { installabilityApi } from './installability';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const guest = mockCredentials.user.header('user:default/guest');

/** Guests may read what is not secret. */
const secrets = new Set<string>();
const policy = testPolicy({
  allows: (_permission, user, resource) =>
    user !== 'user:default/guest' || !secrets.has(resource ?? ''),
});

const needs = (...names: string[]) => ({
  requires: names.map(name => ({ name })),
});

describe.each(databases.eachSupportedId())(
  'installability reports on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let driver: RepositoryDriver;
    let app: string;
    let base: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex, features: [policy] });
      driver = new RepositoryDriver({ rpm, knex });
      driver.know(
        await saveTestPackages(knex, {
          tool: needs('lib'),
          top: needs('tool'),
          lost: needs('nowhere', 'lib'),
          machine: { arch: 'x86_64' },
          other: { arch: 'aarch64', ...needs('lib') },
          modular: {},
          lib: {},
        }),
      );
      driver.know(
        await saveTestModules(knex, {
          mod: { artifacts: ['modular-0:1.0-1.noarch'] },
        }),
      );
      const create = async (add: string) => {
        const repository = await driver.create();
        await driver.change(repository, { add });
        return `${repository}versions/1/`;
      };
      app = await create('tool top lost machine other modular mod');
      base = await create('lib');
    });
    afterAll(() => rpm.stop());

    const report = async (query = '', token?: string) => {
      const reply = await rpm.get(`${app}installability/${query}`, token);
      if (reply.status !== 200) throw new Error(reply.text);
      return reply.body;
    };
    const lines = ({ results }: any) =>
      results.flatMap(({ architecture, problems }: any) =>
        problems.map(
          ({ problem, sentence }: any) =>
            `${architecture} ${problem}: ${sentence}`,
        ),
      );

    it('name what cannot be installed from a version, and why', async () => {
      const body = await report();
      expect(body).toMatchObject({
        version: app,
        contexts: [],
        architectures: ['aarch64', 'x86_64'],
        counts: { packages: 6, installable: 2, broken: 4 },
        count: 7,
        next: null,
        previous: null,
      });
      expect(body.results[0]).toEqual({
        pulp_href: driver.units.lost,
        label: 'lost-1.0-1.noarch',
        architecture: 'aarch64',
        problem_count: 2,
        problems: [
          {
            requirement: 'lib',
            problem: 'nothing-provides',
            sentence: 'lost-1.0-1.noarch requires lib, which nothing provides.',
          },
          {
            requirement: 'nowhere',
            problem: 'nothing-provides',
            sentence:
              'lost-1.0-1.noarch requires nowhere, which nothing provides.',
          },
        ],
      });
      expect(lines(body)).toContain(
        'x86_64 not-installable: top-1.0-1.noarch requires tool, but tool-1.0-1.noarch cannot be installed itself: it requires lib, which nothing provides.',
      );
    });

    it('use versions that are named besides, each once', async () => {
      const expected = {
        contexts: [base],
        counts: { packages: 6, installable: 5, broken: 1 },
        count: 2,
      };
      for (const query of [
        `context=${base}`,
        `context=${base},${base}`,
        `context=${base}&context=${app}`,
      ]) {
        expect(await report(`?${query}`)).toMatchObject(expected);
      }
      const { prn } = (await rpm.get(base)).body;
      const body = await report(`?context=${prn}`);
      expect(body).toMatchObject(expected);
      expect(lines(body)).toEqual([
        'aarch64 nothing-provides: lost-1.0-1.noarch requires nowhere, which nothing provides.',
        'x86_64 nothing-provides: lost-1.0-1.noarch requires nowhere, which nothing provides.',
      ]);
    });

    it('judge for the machines that are named', async () => {
      expect(
        await report(`?context=${base}&architecture=x86_64`),
      ).toMatchObject({
        architectures: ['x86_64'],
        counts: { packages: 5, installable: 4, broken: 1 },
        count: 1,
      });
      expect(
        await report(`?context=${base}&architecture=x86_64,s390x,x86_64`),
      ).toMatchObject({
        architectures: ['s390x', 'x86_64'],
        counts: { packages: 5, installable: 4, broken: 1 },
        count: 2,
      });
    });

    it('come in pages', async () => {
      const whole = await report();
      const first = await report('?limit=3');
      expect(first).toMatchObject({ count: 7, previous: null });
      expect(first.next).toContain('installability/?limit=3&offset=3');
      const last = await report('?limit=3&offset=6');
      expect(last.next).toBeNull();
      expect([
        ...first.results,
        ...(await report('?limit=3&offset=3')).results,
        ...last.results,
      ]).toEqual(whole.results);
    });

    it('of empty versions find nothing broken', async () => {
      const repository = await driver.create();
      const { body } = await rpm.get(`${repository}versions/0/installability/`);
      expect(body).toMatchObject({
        architectures: ['noarch'],
        counts: { packages: 0, installable: 0, broken: 0 },
        results: [],
      });
    });

    it.each([
      ['context=x', { context: ['0: URI not valid: x.'] }],
      ['architecture=x86-64', { architecture: [expect.any(String)] }],
      ['other=1', { errors: ["Invalid Filter: 'other'"] }],
    ])('refuse %s', async (query, expected) => {
      const { status, body } = await rpm.get(`${app}installability/?${query}`);
      expect([status, body]).toEqual([400, expected]);
    });

    it('refuse versions that are not there, and too many', async () => {
      const gone = base.replace('versions/1/', 'versions/7/');
      const { status, body } = await rpm.get(
        `${app}installability/?context=${gone}`,
      );
      expect([status, body]).toEqual([
        400,
        { context: [`URI ${gone} not found for repositoryversion.`] },
      ]);
      const many = Array(21).fill(base).join(',');
      expect(
        (await rpm.get(`${app}installability/?context=${many}`)).status,
      ).toBe(400);
      expect((await rpm.get(`${gone}installability/`)).status).toBe(404);
    });

    it('are only for who may read all their versions', async () => {
      const uuid = /rpm\/rpm\/([0-9a-f-]+)\//.exec(base)![1];
      secrets.add(uuid);
      try {
        const query = `?context=${base}`;
        expect((await report(query)).contexts).toEqual([base]);
        const context = await rpm.get(`${app}installability/${query}`, guest);
        expect([context.status, context.body]).toEqual([
          400,
          { context: [`URI ${base} not found for repositoryversion.`] },
        ]);
        const itself = await rpm.get(`${base}installability/`, guest);
        expect(itself.status).toBe(404);
        expect((await report('', guest)).count).toBe(7);
      } finally {
        secrets.delete(uuid);
      }
    });
  },
);

it('reports are given up when the client goes away', async () => {
  let onBegin = (_signal: AbortSignal) => {};
  const begun = new Promise<AbortSignal>(resolve => {
    onBegin = resolve;
  });
  const [{ handle }] = installabilityApi({
    links: new PageLinks({ baseUrl: 'http://localhost' }),
    installability: {
      report: (_repository, _number, _query, { signal }) =>
        new Promise((_, reject) => {
          onBegin(signal);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    },
  });
  let reply: Promise<unknown> | undefined;
  const server = express()
    .use((req, res) => {
      req.res = res;
      const query = { limit: 100, offset: 0 };
      reply = handle({ params: {}, query, raw: req } as any);
      reply.catch(() => {});
    })
    .listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = httpRequest({ port }).on('error', () => {});
  client.end();
  const signal = await begun;
  expect(signal.aborted).toBe(false);
  client.destroy();
  await expect(reply).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
  });
  expect(signal.aborted).toBe(true);
  server.close();
});

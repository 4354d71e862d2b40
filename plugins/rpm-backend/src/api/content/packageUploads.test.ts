import { mockCredentials } from '@backstage/backend-test-utils';
import { createHash } from 'crypto';
import { mkdtemp, readdir, readFile, rm } from 'fs/promises';
import type { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { EXAMPLE_FOLDERS } from '../../sync/testing/SyncTester';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';
import { uploadExampleModules } from '../../testing/documents';
import { saveTestPackages } from '../../testing/units';

jest.setTimeout(120_000);

const databases = createTestDatabases();
const FOLDER = EXAMPLE_FOLDERS['repo-2'];
const PACKAGES = 'content/rpm/packages/';
const ZERO = Buffer.alloc(4);

async function rpmNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => name.endsWith('.rpm')).sort();
}

function example(name: string): Promise<Buffer> {
  return readFile(join(FOLDER, name));
}

const sha256 = (bytes: Buffer) =>
  createHash('sha256').update(bytes).digest('hex');

describe.each(databases.eachSupportedId())(
  'packages from files on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let folder: string;
    let names: string[];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'rpm-import-'));
      names = await rpmNames(FOLDER);
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({
        knex,
        config: {
          allowedImportPaths: [folder, FOLDER],
          allowedRemoteHosts: ['packages.example'],
        },
      });
    });
    afterAll(async () => {
      await rpm.stop();
      await rm(folder, { recursive: true });
    });

    const send = (
      path: string,
      file: Buffer,
      name: string,
      fields: Record<string, string> = {},
    ) => {
      const request = rpm.form(path).attach('file', file, name);
      for (const [field, value] of Object.entries(fields)) {
        request.field(field, value);
      }
      return request;
    };
    const named = (start: string) =>
      names.find(name => name.startsWith(start))!;
    const createRepository = async (name: string, settings = {}) =>
      (await rpm.post('repositories/rpm/rpm/', { name, ...settings })).body;
    const present = async (repository: string) => {
      const { body } = await rpm.get(
        `${PACKAGES}?repository_version=${repository}&fields=location_href`,
      );
      return body.results.map((each: any) => each.location_href).sort();
    };

    it('are made at once, and found when they are there', async () => {
      const name = named('webshop-api-2');
      const file = await example(name);
      const first = await send(`${PACKAGES}upload/`, file, name, {
        pulp_labels: '{"team":"shop"}',
      });
      expect(first.status).toBe(201);
      expect(first.body).toMatchObject({
        name: 'webshop-api',
        location_href: name,
        checksum_type: 'sha256',
        pkgId: sha256(file),
        sha256: sha256(file),
        size_package: file.length,
        signing_keys: [],
        is_modular: false,
        pulp_labels: { team: 'shop' },
      });
      const again = await send(`${PACKAGES}upload/`, file, 'other.rpm', {
        pulp_labels: '{"team":"other"}',
      });
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
    });

    it('go into a repository in the same task, and change nothing when they are there', async () => {
      const name = named('libmoney-1.2');
      const file = await example(name);
      const repository = await createRepository('with a repository');
      const fields = {
        repository: repository.pulp_href,
        relative_path: 'ignored/name.rpm',
        reason: 'a release',
      };
      const task = await rpm.completed(
        await send(PACKAGES, file, name, fields),
      );
      const version = `${repository.pulp_href}versions/1/`;
      const [unit] = task.created_resources.slice(1);
      expect(task).toMatchObject({
        name: 'pulpcore.app.tasks.base.general_create',
        created_resources: [version, expect.stringContaining(PACKAGES)],
        reserved_resources_record: [repository.prn],
        result: {
          outcome: 'created',
          version,
          pulp_href: unit,
          unit_created: true,
        },
      });
      expect(await present(version)).toEqual([name]);
      const { body } = await rpm.get(version);
      expect(body).toMatchObject({
        reason: 'a release',
        created_by: 'user:default/mock',
      });

      const again = await rpm.completed(
        await send(PACKAGES, file, name, fields),
      );
      expect(again).toMatchObject({
        created_resources: [unit],
        result: {
          outcome: 'unchanged',
          version,
          pulp_href: unit,
          unit_created: false,
        },
      });
    });

    it('without a repository are told by the task', async () => {
      const name = named('money-rates');
      const task = await rpm.completed(
        await send(PACKAGES, await example(name), name),
      );
      const [unit, ...others] = task.created_resources;
      expect(others).toEqual([]);
      expect(task.result).toEqual({ pulp_href: unit, unit_created: true });
      expect((await rpm.get(unit)).body.location_href).toBe(name);
    });

    it('come from artifacts and addresses as well', async () => {
      const viaArtifact = named('webshop-theme');
      const sent = await rpm
        .form('artifacts/')
        .attach('file', await example(viaArtifact), viaArtifact);
      expect(sent.status).toBe(201);
      const viaAddress = named('webshop-lang-de');
      const address = pathToFileURL(join(FOLDER, viaAddress)).href;
      for (const [name, source] of [
        [viaArtifact, { artifact: sent.body.pulp_href }],
        [viaArtifact, { artifact: sent.body.prn }],
        [viaAddress, { file_url: address, downloader_config: {} }],
      ] as const) {
        const reply = await rpm.post(`${PACKAGES}upload/`, source);
        expect([reply.status, reply.body.location_href]).toEqual([201, name]);
      }
    });

    it.each<[string, object, object]>([
      [
        'nothing',
        {},
        { non_field_errors: [expect.stringContaining('Exactly one of')] },
      ],
      [
        'two sources',
        { artifact: 'x', file_url: 'https://packages.example/a.rpm' },
        { non_field_errors: [expect.stringContaining('Exactly one of')] },
      ],
      [
        'an artifact that is not there',
        {
          artifact:
            '/api/rpm/pulp/api/v3/artifacts/019bf000-0000-7000-8000-000000000001/',
        },
        { artifact: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        'an upload that is not there',
        { upload: 'prn:core.upload:019bf000-0000-7000-8000-000000000001' },
        { upload: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        'something else for an upload',
        { upload: 'prn:core.artifact:019bf000-0000-7000-8000-000000000001' },
        { upload: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        'an address on a host that is not allowed',
        { file_url: 'https://elsewhere.example/a.rpm' },
        { file_url: ['The host is not one of the allowed remote hosts.'] },
      ],
      [
        'a file outside of the allowed folders',
        { file_url: 'file:///etc/passwd' },
        {
          file_url: ['The path is not below one of the allowed import paths.'],
        },
      ],
      [
        'a proxy on a host that is not allowed',
        {
          file_url: 'https://packages.example/a.rpm',
          downloader_config: { proxy_url: 'http://elsewhere.example' },
        },
        { proxy_url: ['The host is not one of the allowed remote hosts.'] },
      ],
      [
        'settings for a download that is none',
        { artifact: 'x', downloader_config: { max_retries: 1 } },
        { downloader_config: ["This may only be used with 'file_url'."] },
      ],
      [
        'a repository that is not there',
        {
          file_url: 'https://packages.example/a.rpm',
          repository:
            '/api/rpm/pulp/api/v3/repositories/rpm/rpm/019bf000-0000-7000-8000-000000000001/',
        },
        { repository: ['Invalid hyperlink - Object does not exist.'] },
      ],
    ])('are refused with %s', async (_, body, refusal) => {
      const reply = await rpm.post(PACKAGES, body);
      expect([reply.status, reply.body]).toEqual([400, refusal]);
    });

    it('that are missing at their address are refused with the reason', async () => {
      const missing = pathToFileURL(join(folder, 'missing.rpm')).href;
      const reply = await rpm.post(`${PACKAGES}upload/`, {
        file_url: missing,
      });
      expect([reply.status, reply.body]).toEqual([
        400,
        { file_url: [expect.stringContaining('missing.rpm')] },
      ]);
    });

    it('take the place of others, unless they may not', async () => {
      const name = named('webshop-search-1.1-');
      const file = await example(name);
      const repository = await createRepository('overwriting');
      const fields = { repository: repository.pulp_href };
      // The same package, built again: another file of the same name and version.
      const twin = Buffer.from(file);
      twin.write('another build', 10, 'latin1');
      await rpm.completed(await send(PACKAGES, file, name, fields));
      const refused = await rpm.finished(
        await send(PACKAGES, twin, name, { ...fields, overwrite: 'false' }),
      );
      expect(refused.error.description).toMatch(
        /^\[PLP0023\] .*webshop-search-1\.1-1\.noarch/,
      );
      const taken = await rpm.completed(
        await send(PACKAGES, twin, name, fields),
      );
      expect(taken.result.consequences).toEqual([
        expect.objectContaining({ reason: 'replaced' }),
      ]);
      const { body } = await rpm.get(
        `${PACKAGES}?repository_version=${repository.pulp_href}`,
      );
      expect(body.results.map((each: any) => each.sha256)).toEqual([
        sha256(twin),
      ]);
    });

    it('that were built for a module say so, and retention spares them', async () => {
      const repository = await createRepository('modular', {
        retain_package_versions: 1,
      });
      const modular = names.filter(name => name.startsWith('nodeshop-18'));
      expect(modular.length).toBeGreaterThan(1);
      await uploadExampleModules(rpm);
      for (const name of modular) {
        await rpm.completed(
          await send(PACKAGES, await example(name), name, {
            repository: repository.pulp_href,
          }),
        );
      }
      expect(await present(repository.pulp_href)).toEqual(modular);
      const { body } = await rpm.get(
        `${PACKAGES}?repository_version=${repository.pulp_href}`,
      );
      expect(body.results.map((each: any) => each.is_modular)).toEqual(
        modular.map(() => true),
      );
    });

    describe('whose file is hostile', () => {
      const units = async () => {
        const [{ count }] = await knex('unit').count({ count: '*' });
        return Number(count);
      };
      const UNPARSED = 'RPM file cannot be parsed for metadata: evil.rpm: ';

      /** Puts bytes over those at a place. */
      const patched = (file: Buffer, at: number, bytes: Buffer | string) => {
        const copy = Buffer.from(file);
        Buffer.from(bytes as any).copy(copy, at);
        return copy;
      };

      it.each<[string, (file: Buffer) => Buffer, RegExp]>([
        ['a text', () => Buffer.from('#!/bin/sh\nexit 1\n'), /ends within/],
        ['empty', () => Buffer.alloc(0), /ends within/],
        [
          'a longer text',
          () => Buffer.alloc(10_000, 'text'),
          /does not begin as an RPM file/,
        ],
        ['cut off in its header', file => file.subarray(0, 700), /ends within/],
        [
          'cut off in its payload',
          file => file.subarray(0, file.length - 10),
          /bytes, its header says/,
        ],
        [
          'made longer',
          file => Buffer.concat([file, ZERO]),
          /bytes, its header says/,
        ],
        [
          'a claim of 10 GB of entries',
          file => patched(file, 96 + 8, Buffer.alloc(8, 0xff)),
          /claims \d+ entries/,
        ],
        [
          'changed in its header, digests left alone',
          file => {
            const at = file.indexOf('noarch');
            return patched(file, at, 'narchx');
          },
          /does not have the sha256 digest/,
        ],
      ])('(%s) fail and leave nothing', async (_, spoil, reason) => {
        const file = spoil(await example(named('libmoney-1.2')));
        const repository = await createRepository(`evil ${_}`);
        const before = await units();
        const task = await rpm.finished(
          await send(PACKAGES, file, 'evil.rpm', {
            repository: repository.pulp_href,
          }),
        );
        expect(task).toMatchObject({ state: 'failed', created_resources: [] });
        expect(task.error.description).toContain(UNPARSED);
        expect(task.error.description).toMatch(reason);
        const { status, body } = await send(
          `${PACKAGES}upload/`,
          file,
          'evil.rpm',
        );
        expect([status, body]).toEqual([
          400,
          [expect.stringContaining(UNPARSED)],
        ]);
        expect(await units()).toBe(before);
        const files = await rpm.get(`artifacts/?sha256=${sha256(file)}`);
        expect(files.body.count).toBe(0);
        const { body: after } = await rpm.get(repository.pulp_href);
        expect(after.latest_version_href).toBe(repository.latest_version_href);
      });
    });

    it('keep a file that somebody has stored, though it is no package', async () => {
      const file = Buffer.from('a text that is wanted');
      const { body: artifact } = await rpm
        .form('artifacts/')
        .attach('file', file, 'text');
      const { status } = await rpm.post(`${PACKAGES}upload/`, {
        artifact: artifact.pulp_href,
      });
      expect(status).toBe(400);
      expect((await rpm.get(artifact.pulp_href)).status).toBe(200);
    });

    it('need somebody who asks', async () => {
      const { status } = await rpm
        .form(PACKAGES, mockCredentials.none.header())
        .attach('file', Buffer.from('x'), 'x');
      expect(status).toBe(401);
    });

    it('that a remote announced get their file, and what its header says', async () => {
      const name = named('webshop-backup-2026');
      const file = await example(name);
      const [, version, release, arch] = /-([^-]+)-([^-]+)\.(\w+)\.rpm$/.exec(
        name,
      )!;
      const sha512 = createHash('sha512').update(file).digest('hex');
      const { announced } = await saveTestPackages(knex, {
        announced: {
          name: 'webshop-backup',
          version,
          release,
          arch,
          pkgId: sha512,
          checksumType: 'sha512',
          summary: 'a lie',
          requires: [{ name: 'a lie' }],
        },
      });
      const before = await rpm.get(announced);
      expect(before.body).toMatchObject({ artifact: null, signing_keys: null });
      const reply = await send(`${PACKAGES}upload/`, file, name);
      expect(reply.status).toBe(201);
      expect(reply.body).toMatchObject({
        pulp_href: announced,
        sha256: sha256(file),
        pkgId: sha512,
        checksum_type: 'sha512',
        summary: expect.not.stringContaining('a lie'),
        requires: expect.not.arrayContaining([
          expect.arrayContaining(['a lie']),
        ]),
        signing_keys: [],
      });
    });
  },
);

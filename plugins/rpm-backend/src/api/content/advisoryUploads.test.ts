import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import request from 'supertest';
import { API_ROOT } from '../../identifiers';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../../testing';
import {
  advisoryPackage,
  postAdvisory,
  postFile,
  uploadAdvisory,
} from '../../testing/documents';
import { advisoryDocument } from '../../upload/testing/arbitraries';

jest.setTimeout(120_000);

const databases = createTestDatabases();

const PATH = 'content/rpm/advisories/';

const DUCKS = {
  id: 'EX-2024:1',
  updated: '2024-02-01 00:00:00',
  issued: '2024-01-01 00:00:00',
  from: 'ducks@example.com',
  title: 'Ducks swim',
  version: 1,
  severity: 'Low',
  type: 'enhancement',
  pkglist: [
    {
      name: 'ducks',
      short: 'd',
      packages: [
        {
          ...advisoryPackage('duck-0.7'),
          filename: 'duck-0.7-1.noarch.rpm',
          sum: 'ab12',
          sum_type: 'sha256',
          restart_suggested: true,
        },
      ],
    },
  ],
  references: [{ href: 'https://bugs.example/1', type: 'bugzilla' }],
};

describe.each(databases.eachSupportedId())(
  'uploads of advisories on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let repository: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      rpm = await startRpmBackend({ knex });
      const { body } = await rpm.post('repositories/rpm/rpm/', { name: 'a' });
      repository = body.pulp_href;
    });
    afterAll(() => rpm.stop());

    const read = async (href: string) => (await rpm.get(href)).body;

    it('make a unit that says what the file says', async () => {
      const reply = await postAdvisory(rpm, DUCKS);
      expect(reply.status).toBe(202);
      expect(reply.body).toEqual({ task: expect.any(String) });
      const task = await rpm.completed(reply);
      expect(task).toMatchObject({
        name: 'pulpcore.app.tasks.base.general_create',
        created_resources: [task.result.pulp_href],
      });
      expect(await read(task.result.pulp_href)).toMatchObject({
        id: 'EX-2024:1',
        updated_date: '2024-02-01 00:00:00',
        issued_date: '2024-01-01 00:00:00',
        fromstr: 'ducks@example.com',
        title: 'Ducks swim',
        version: '1',
        severity: 'Low',
        type: 'enhancement',
        description: null,
        reboot_suggested: false,
        pkglist: [
          {
            name: 'ducks',
            shortname: 'd',
            module: null,
            packages: [
              {
                name: 'duck',
                epoch: '0',
                version: '0.7',
                release: '1',
                arch: 'noarch',
                src: null,
                filename: 'duck-0.7-1.noarch.rpm',
                sum: 'ab12',
                sum_type: 'sha256',
                reboot_suggested: false,
                restart_suggested: true,
                relogin_suggested: false,
              },
            ],
          },
        ],
        references: [
          {
            href: 'https://bugs.example/1',
            id: null,
            title: null,
            type: 'bugzilla',
          },
        ],
      });
    });

    it('put it into a repository, with labels', async () => {
      const advisory = { ...DUCKS, id: 'EX-2024:2' };
      const task = await rpm.completed(
        await postAdvisory(rpm, advisory, {
          repository,
          pulp_labels: '{"team": "ducks"}',
          overwrite: 'true',
        }),
      );
      const { pulp_href: href } = task.result;
      const version = `${repository}versions/1/`;
      expect(task.created_resources).toEqual([version, href]);
      expect(task.result).toMatchObject({ outcome: 'created', version });
      expect(await read(href)).toMatchObject({
        pulp_labels: { team: 'ducks' },
      });
      const { results } = await read(`${PATH}?repository_version=${version}`);
      expect(results.map((unit: any) => unit.pulp_href)).toEqual([href]);
    });

    it('fail for what is there already, and name it', async () => {
      const advisory = { ...DUCKS, id: 'EX-2024:3' };
      const href = await uploadAdvisory(rpm, advisory);
      const again = { ...advisory, title: DUCKS.title, severity: 'Low' };
      const task = await rpm.finished(
        await postAdvisory(rpm, again, { repository }),
      );
      expect(task.state).toBe('failed');
      expect(task.error.description).toBe(
        '[PLP0022] duplicate key value violates unique constraint: ' +
          `this advisory EX-2024:3 exists as ${href}.`,
      );
      const other = { ...advisory, title: 'Ducks dive' };
      expect(await uploadAdvisory(rpm, other)).not.toBe(href);
    });

    it('name collections that have no name', async () => {
      const packages = [advisoryPackage('duck-1')];
      const href = await uploadAdvisory(rpm, {
        ...DUCKS,
        id: 'EX-2024:4',
        pkglist: [{ packages }, { name: 'named', packages }, { packages }],
      });
      const { pkglist } = await read(href);
      const names = pkglist.map(({ name }: { name: string }) => name);
      expect(names).toEqual([
        expect.stringMatching(/^collection-autofill-[0-9a-f]{12}$/),
        'named',
        expect.stringMatching(/^collection-autofill-[0-9a-f]{12}$/),
      ]);
      expect(new Set(names).size).toBe(3);
    });

    it('can name the file that is stored already, or came in pieces', async () => {
      const file = (id: string) => JSON.stringify({ ...DUCKS, id });
      const artifact = await postFile(rpm, 'artifacts/', file('EX-2024:5'));
      const byArtifact = await rpm.completed(
        await rpm.post(PATH, { artifact: artifact.body.pulp_href }),
      );
      expect(await read(byArtifact.result.pulp_href)).toMatchObject({
        id: 'EX-2024:5',
      });

      const bytes = Buffer.from(file('EX-2024:6'));
      const upload = await rpm.post('uploads/', { size: bytes.length });
      await request(rpm.backend.server)
        .put(upload.body.pulp_href)
        .set('Authorization', mockCredentials.user.header())
        .set('Content-Range', `bytes 0-${bytes.length - 1}/${bytes.length}`)
        .attach('file', bytes, 'chunk');
      const byUpload = await rpm.completed(
        await rpm.post(PATH, { upload: upload.body.pulp_href }),
      );
      expect(await read(byUpload.result.pulp_href)).toMatchObject({
        id: 'EX-2024:6',
      });

      const wrong = await postFile(rpm, 'artifacts/', 'no JSON');
      const reply = await rpm.post(PATH, { artifact: wrong.body.pulp_href });
      expect(reply.status).toBe(400);
      expect(reply.body.artifact[0]).toBe('JSON file is expected');
    });

    it.each([
      ['half an object', '{', 'JSON file is expected'],
      [
        'a package',
        Buffer.from([0xed, 0xab, 0xee, 0xdb, 3, 0]),
        'JSON file is expected',
      ],
      [
        'no dates',
        '{"id": "EX"}',
        "All 'id', 'updated_date' and 'issued_date' must be specified.",
      ],
      [
        'a package without name',
        JSON.stringify({ ...DUCKS, pkglist: [{ packages: [{}] }] }),
        'pkglist.0.packages.0.name: This field is required.',
      ],
      [
        'an unknown field',
        JSON.stringify({ ...DUCKS, colour: 'red' }),
        'colour: Unexpected field',
      ],
    ])('refuse at once, by field: %s', async (_name, file, sentence) => {
      const reply = await postFile(rpm, PATH, file);
      expect(reply.status).toBe(400);
      expect(reply.body.file[0]).toBe(sentence);
    });

    it('refuse more than memory bears', async () => {
      const description = 'x'.repeat(17 * 1024 ** 2);
      const reply = await postAdvisory(rpm, { ...DUCKS, description });
      expect(reply.status).toBe(400);
      expect(reply.body.file[0]).toMatch(/^An advisory may not be larger than/);
    });

    it.each([
      [{}, { non_field_errors: [expect.stringMatching(/^Exactly one of /)] }],
      [{ colour: 'red' }, { colour: ['Unexpected field'] }],
      [
        { repository: 'nowhere', artifact: 'nothing' },
        { repository: ['Invalid hyperlink - Object does not exist.'] },
      ],
      [
        { artifact: 'nothing' },
        { artifact: ['Invalid hyperlink - Object does not exist.'] },
      ],
    ])('refuse the body %j', async (body, expected) => {
      const reply = await rpm.post(PATH, body);
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject(expected);
    });

    it('read back as they were, whatever they say', async () => {
      let made = 0;
      await fc.assert(
        fc.asyncProperty(advisoryDocument, async document => {
          made += 1;
          const id = `EX-any:${made} ${document.id}`;
          const href = await uploadAdvisory(rpm, { ...document, id });
          expect(await read(href)).toMatchObject({ ...document, id });
        }),
        { numRuns: 20 },
      );
    });

    it('never break the service', async () => {
      const damaged = fc.oneof(
        fc.json().map(text => Buffer.from(text)),
        fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
        fc
          .tuple(
            fc.constantFrom(...Object.keys(DUCKS)),
            fc.jsonValue({ maxDepth: 3 }),
          )
          .map(([key, value]) => JSON.stringify({ ...DUCKS, [key]: value }))
          .map(text => Buffer.from(text)),
      );
      await fc.assert(
        fc.asyncProperty(damaged, async file => {
          const reply = await postFile(rpm, PATH, file);
          expect([202, 400]).toContain(reply.status);
        }),
        { numRuns: 60 },
      );
    });

    it('are for those alone who may upload', async () => {
      const reply = await request(rpm.backend.server)
        .post(`${API_ROOT}${PATH}`)
        .set('Authorization', mockCredentials.none.header())
        .attach('file', Buffer.from(JSON.stringify(DUCKS)), 'a.json');
      expect(reply.status).toBe(401);
    });
  },
);

import { createHash } from 'crypto';
import { existsSync } from 'fs';
import { mkdtemp, readdir, readFile, rm } from 'fs/promises';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { tmpdir } from 'os';
import { join } from 'path';
import { FileSystemArtifactStorage } from '../storage';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import {
  createTestDatabases,
  startRpmBackend,
  type RpmTestBackend,
} from '../testing';
import { sweepUploads, UploadFiles } from '../upload';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const sha256 = (bytes: Buffer) =>
  createHash('sha256').update(bytes).digest('hex');
const FILE = Buffer.from('The quick brown walrus swims around the lazy whale');

describe.each(databases.eachSupportedId())(
  'uploads in pieces on %p',
  databaseId => {
    let knex: Knex;
    let rpm: RpmTestBackend;
    let other: RpmTestBackend;
    let storage: string;

    beforeAll(async () => {
      storage = await mkdtemp(join(tmpdir(), 'rpm-uploads-'));
      knex = await databases.init(databaseId);
      const config = {
        storage: { path: storage },
        upload: { maxFileSize: 1_000_000 },
      };
      rpm = await startRpmBackend({ knex, config });
      other = await startRpmBackend({ knex, config });
    });
    afterAll(async () => {
      await rpm.stop();
      await other.stop();
      await rm(storage, { recursive: true });
    });

    const begin = async (size = FILE.length): Promise<string> => {
      const { status, body } = await rpm.post('uploads/', { size });
      expect(status).toBe(201);
      return body.pulp_href;
    };
    /** Sends a stretch of a file, of the usual one from `start` to before `end`. */
    const put = (
      upload: string,
      start: number,
      end: number,
      { file = FILE, range, digest, backend = rpm }: any = {},
    ) => {
      const chunk = file.subarray(start, end);
      const request = backend
        .putForm(upload)
        .set(
          'Content-Range',
          range ?? `bytes ${start}-${end - 1}/${file.length}`,
        )
        .field('sha256', digest ?? sha256(chunk));
      return request.attach('file', chunk, 'blob');
    };
    const commit = (upload: string, file = FILE) =>
      rpm.post(`${upload}commit/`, { sha256: sha256(file) });
    const pieces = async (upload: string) =>
      (await rpm.get(upload)).body.chunks;

    it('are begun, filled in any order at any replica, and committed', async () => {
      const upload = await begin();
      const shown = (await rpm.get(upload)).body;
      expect(shown).toMatchObject({
        prn: expect.stringMatching(/^prn:core\.upload:/),
        size: FILE.length,
        completed: null,
        chunks: [],
      });
      expect((await put(upload, 20, FILE.length)).status).toBe(200);
      const reply = await put(upload, 0, 20, { backend: other });
      expect([reply.status, reply.body.pulp_href]).toEqual([200, upload]);
      expect(await pieces(upload)).toEqual([
        { offset: 0, size: 20 },
        { offset: 20, size: FILE.length - 20 },
      ]);
      const task = await rpm.completed(await commit(upload));
      expect(task.name).toBe('pulpcore.app.tasks.upload.commit');
      const [artifact] = task.created_resources;
      expect((await rpm.get(artifact)).body).toMatchObject({
        size: FILE.length,
        sha256: sha256(FILE),
      });
      expect((await rpm.get(upload)).status).toBe(404);
      expect(await readdir(join(storage, 'upload'))).toEqual([]);
    });

    it('take the last of what is sent several times', async () => {
      const upload = await begin();
      const wrong = Buffer.alloc(FILE.length, 'x');
      await put(upload, 0, 30, { file: wrong });
      await put(upload, 10, FILE.length);
      await put(upload, 0, 10, { file: wrong });
      await put(upload, 0, 10);
      expect(await pieces(upload)).toEqual([
        { offset: 0, size: 30 },
        { offset: 0, size: 10 },
        { offset: 10, size: FILE.length - 10 },
      ]);
      const [artifact] = (await rpm.completed(await commit(upload)))
        .created_resources;
      expect((await rpm.get(artifact)).body.sha256).toBe(sha256(FILE));
    });

    it('with a gap are told of it, and can be completed', async () => {
      const upload = await begin();
      await put(upload, 0, 10);
      await put(upload, 20, FILE.length);
      const failed = await rpm.finished(await commit(upload));
      expect(failed).toMatchObject({ state: 'failed', created_resources: [] });
      expect(failed.error.description).toContain(
        'Bytes 10 to 19 of the upload are missing.',
      );
      await put(upload, 10, 20);
      await rpm.completed(await commit(upload));
    });

    it('whose digest is another than announced are refused, and stay', async () => {
      const upload = await begin();
      await put(upload, 0, FILE.length);
      const failed = await rpm.finished(
        await commit(upload, Buffer.from('another')),
      );
      expect(failed.error.description).toMatch(/sha256 checksum/);
      expect((await rpm.get(upload)).status).toBe(200);
    });

    it.each<[string, object, unknown]>([
      ['no range', { range: '' }, ['Invalid or missing content range header.']],
      [
        'a range of nothing',
        { range: 'bytes */50' },
        ['Invalid or missing content range header.'],
      ],
      [
        'another size than its range',
        { range: `bytes 0-10/${FILE.length}` },
        ['Chunk size does not match content range.'],
      ],
      [
        'an end behind the file',
        { range: `bytes ${FILE.length - 9}-${FILE.length}/${FILE.length}` },
        ['End byte is greater than upload size.'],
      ],
      [
        'another digest',
        { digest: sha256(FILE) },
        { sha256: ['The checksum did not match the uploaded chunk.'] },
      ],
    ])('refuse a piece with %s', async (_, fault, refusal) => {
      const upload = await begin();
      const { status, body } = await put(upload, 0, 10, fault);
      expect([status, body]).toEqual([400, refusal]);
      expect(await pieces(upload)).toEqual([]);
    });

    it('are given up with their pieces', async () => {
      const upload = await begin();
      await put(upload, 0, 10);
      const folder = join(storage, 'upload', upload.split('/').at(-2)!);
      expect(existsSync(folder)).toBe(true);
      expect((await rpm.delete(upload)).status).toBe(204);
      expect(existsSync(folder)).toBe(false);
      for (const reply of [
        await rpm.get(upload),
        await rpm.delete(upload),
        await put(upload, 0, 10),
        await commit(upload),
      ]) {
        expect(reply.status).toBe(404);
      }
    });

    it('of no size, or too large, are not begun', async () => {
      for (const size of [0, -1, 1_000_001]) {
        const { status, body } = await rpm.post('uploads/', { size });
        expect([size, status, Object.keys(body)]).toEqual([
          size,
          400,
          ['size'],
        ]);
      }
    });

    it('do not fill the disk with pieces that overlap', async () => {
      const upload = await begin();
      const statuses = [];
      for (let start = 0; start < 10; start++) {
        statuses.push((await put(upload, start, start + 40)).status);
      }
      expect(statuses[0]).toBe(200);
      expect(statuses.at(-1)).toBe(400);
    });

    it('come in a bounded number of pieces, none of them empty', async () => {
      const upload = await begin(100_000);
      const empty = await put(upload, 0, 0, { range: 'bytes 5-4/100000' });
      expect(empty.status).toBe(400);
      const { id } = await knex('upload')
        .where({ uuid: upload.split('/').at(-2) })
        .first();
      const rows = Array.from({ length: 20_000 }, (_, index) => ({
        upload_id: id,
        offset: 50_000 + index,
        size: 1,
        file_name: `piece ${index}`,
      }));
      await knex.batchInsert('upload_chunk', rows, 200);
      const range = 'bytes 0-0/100000';
      const { status, body } = await put(upload, 0, 1, { range });
      expect([status, body]).toEqual([400, ['There are too many chunks.']]);
      const replacing = { file: Buffer.alloc(100_000) };
      expect((await put(upload, 0, 100_000, replacing)).status).toBe(200);
      expect(await pieces(upload)).toHaveLength(1);
    });

    it('leave no pieces behind when their record cannot be deleted', async () => {
      const upload = await begin();
      await put(upload, 0, 10);
      const uuid = upload.split('/').at(-2)!;
      const { id } = await knex('upload').where({ uuid }).first();
      const lost: any = () => {
        throw new Error('The database is away.');
      };
      const files = new UploadFiles({
        knex: lost,
        storage: new FileSystemArtifactStorage({ knex, root: storage }),
      });
      await expect(files.remove({ id, uuid } as any)).rejects.toThrow('away');
      expect(existsSync(join(storage, 'upload', uuid))).toBe(false);
      expect((await rpm.delete(upload)).status).toBe(204);
    });

    it('become packages without being committed', async () => {
      const name = 'webshop-1.1-1.noarch.rpm';
      const file = await readFile(join(EXAMPLE_FOLDERS['repo-1'], name));
      const upload = await begin(file.length);
      const half = Math.floor(file.length / 2);
      await put(upload, half, file.length, { file });
      const incomplete = await rpm.post('content/rpm/packages/upload/', {
        upload,
      });
      expect([incomplete.status, incomplete.body]).toEqual([
        400,
        { upload: [expect.stringContaining('are missing')] },
      ]);
      await put(upload, 0, half, { file });
      const { status, body } = await rpm.post('content/rpm/packages/upload/', {
        upload,
      });
      expect([status, body.location_href]).toEqual([201, name]);
      expect((await rpm.get(upload)).status).toBe(404);
    });

    it('that nobody goes on with are swept after a week', async () => {
      const upload = await begin();
      await put(upload, 0, 10);
      const files = new UploadFiles({
        knex,
        storage: new FileSystemArtifactStorage({ knex, root: storage }),
      });
      await sweepUploads(knex, files, DateTime.utc().plus({ days: 6 }));
      expect((await rpm.get(upload)).status).toBe(200);
      await sweepUploads(knex, files, DateTime.utc().plus({ days: 8 }));
      expect((await rpm.get(upload)).status).toBe(404);
      expect(await readdir(join(storage, 'upload'))).toEqual([]);
    });
  },
);

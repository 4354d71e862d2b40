import {
  defineRoute,
  fileSchema,
  labelsSchema,
  type AnyRoute,
} from '@rpmportal/backstage-plugin-rpm-common';
import { once } from 'events';
import express, { type Request } from 'express';
import { createHash } from 'crypto';
import { mkdtemp, readdir, readFile, rm } from 'fs/promises';
import { connect, type AddressInfo } from 'net';
import type { Server } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import request from 'supertest';
import { z } from 'zod';
import { TemporaryFolders } from '../../../storage/TemporaryFolders';
import { whenMissing } from '../../../storage/whenMissing';
import { errorHandler } from '../errors';
import { validateBody } from '../validate';
import { BodyReader } from './BodyReader';

const common = {
  method: 'post',
  path: 'things/',
  tag: 'Things',
  summary: 'Makes a thing',
  responses: { 200: z.any() },
} as const;

const formRoute = defineRoute({
  ...common,
  operationId: 'things_form',
  body: z.strictObject({
    name: z.string().min(1),
    flag: z.boolean().optional(),
    count: z.int().nullable().optional(),
    remote: z.string().nullable().optional(),
    list: z.array(z.string()).optional(),
    labels: labelsSchema.optional(),
  }),
});

const fileRoute = defineRoute({
  ...common,
  operationId: 'things_file',
  bodyTypes: ['application/json', 'multipart/form-data'],
  body: z.strictObject({
    file: fileSchema,
    size: z.int().optional(),
  }),
});

describe('bodies', () => {
  let root: string;
  let server: Server;
  let onFile: (folder: string) => Promise<void> = async () => {};

  /** The validated body, with what is known of its file. */
  async function answer(bodies: BodyReader, route: AnyRoute, req: Request) {
    const body = await bodies.read(route, req);
    try {
      const value: any = validateBody(route, body.value);
      const file = body.files.get('file');
      if (!file) return value;
      await onFile(file.path);
      const { fileName: name, size, facts } = file;
      const content = await readFile(file.path, 'latin1');
      return { ...value, file: { name, size, sha256: facts.sha256, content } };
    } finally {
      await body[Symbol.asyncDispose]();
    }
  }

  /** What stands in the folders of unfinished requests, some of which may just be removed. */
  async function leftovers(): Promise<string[]> {
    const names: string[] = [];
    for (const folder of await readdir(root)) {
      names.push(
        ...(await readdir(join(root, folder)).catch(whenMissing<string[]>([]))),
      );
    }
    return names;
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'rpm-bodies-'));
    const folders = new TemporaryFolders(root);
    const bodies = new BodyReader({
      storage: { workFolder: () => folders.create() },
      maxFileSize: 100_000,
    });
    const app = express();
    for (const [path, route] of [
      ['/form', formRoute],
      ['/file', fileRoute],
    ] as const) {
      app.post(path, (req, res, next) => {
        answer(bodies, route, req).then(value => res.json(value), next);
      });
    }
    app.use(errorHandler({ error: () => {} } as any));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    onFile = async () => {};
  });
  afterAll(async () => {
    server.close();
    await rm(root, { recursive: true });
  });

  const post = (path: string) => request(server).post(path);

  const SAID = {
    name: 'zoo',
    flag: true,
    count: 12,
    remote: null,
    list: ['a', 'b,c'],
    labels: { team: 'wild' },
  };

  it('say the same as JSON and as forms', async () => {
    const json = await post('/form').send(SAID);
    const urlEncoded = await post('/form')
      .type('form')
      .send('name=zoo&flag=True&count=12&remote=&list=a&list=b%2Cc')
      .send('labels={"team":"wild"}');
    const multipart = await post('/form')
      .field('name', 'zoo')
      .field('flag', 'on')
      .field('count', '12')
      .field('remote', '')
      .field('list', '["a","b,c"]')
      .field('labels', '{"team":"wild"}');
    for (const { status, body } of [json, urlEncoded, multipart]) {
      expect([status, body]).toEqual([200, SAID]);
    }
  });

  it.each([
    ['name=', { name: ['This field may not be blank.'] }],
    ['flag=maybe', { flag: ['Must be a valid boolean.'] }],
    ['count=1e9', { count: ['A valid number is required.'] }],
    ['count=1.5', { count: ['A valid integer is required.'] }],
    ['labels=x', { labels: [expect.stringContaining('dictionary')] }],
    ['name=a%00', { name: ['Null characters are not allowed.'] }],
    ['other=1', { other: ['Unexpected field'] }],
    ['__proto__=1', { ['__proto__']: ['Unexpected field'] }],
  ])('with the field %s are refused by it', async (field, refusal) => {
    const form = field.startsWith('name') ? field : `name=x&${field}`;
    const { status, body } = await post('/form').type('form').send(form);
    expect(status).toBe(400);
    expect(body).toEqual(refusal);
    const [name, value] = field.split('=');
    const multipart = await post('/form')
      .field('name', 'x')
      .field(name, decodeURIComponent(value));
    expect([multipart.status, multipart.body]).toEqual([400, refusal]);
  });

  it('of other kinds are refused, no body is an empty one', async () => {
    const xml = await post('/form').type('text/xml').send('<name/>');
    expect([xml.status, xml.body]).toEqual([
      415,
      { detail: 'Unsupported media type "text/xml" in request.' },
    ]);
    for (const length of [undefined, '0']) {
      const none = post('/form');
      if (length) none.set('Content-Length', length);
      const { status, body } = await none;
      expect([status, body]).toEqual([
        400,
        { name: ['This field is required.'] },
      ]);
    }
  });

  it('bring files, digested while they come, gone after the reply', async () => {
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i));
    const during: string[] = [];
    onFile = async () => {
      during.push(...(await leftovers()));
    };
    const { status, body } = await post('/file')
      .field('size', '7')
      .attach('file', content, 'dir/zoo-1.rpm');
    expect(status).toBe(200);
    expect(body).toEqual({
      size: 7,
      file: {
        name: 'zoo-1.rpm',
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        content: content.toString('latin1'),
      },
    });
    expect(during).toHaveLength(1);
    expect(await leftovers()).toEqual([]);
  });

  it('without the file that they need say so', async () => {
    const noFile =
      'The submitted data was not a file. Check the encoding type on the form.';
    const spoofed = { size: 1, stream: 'x' };
    for (const [sent, refusal] of [
      [post('/file').send({}), 'This field is required.'],
      [post('/file').send({ file: 'x' }), noFile],
      [post('/file').send({ file: spoofed }), noFile],
      [post('/file').field('file', 'text'), noFile],
    ] as const) {
      const { status, body } = await sent;
      expect([status, body]).toEqual([400, { file: [refusal] }]);
    }
  });

  it.each([
    [
      'a file that is too large',
      () => post('/file').attach('file', Buffer.alloc(100_001), 'f'),
      { file: ['The file is larger than the allowed 100000 bytes.'] },
    ],
    [
      'a file that nobody wants',
      () =>
        post('/file')
          .attach('file', Buffer.from('x'), 'f')
          .attach('other', Buffer.from('x'), 'f'),
      { other: ['Unexpected field'] },
    ],
    [
      'a file where there are none',
      () =>
        post('/form').field('name', 'x').attach('name', Buffer.from('x'), 'f'),
      { name: ['Unexpected field'] },
    ],
    [
      'two files of one name',
      () =>
        post('/file')
          .attach('file', Buffer.from('x'), 'f')
          .attach('file', Buffer.from('y'), 'f'),
      { file: ['There may be one file only.'] },
    ],
    [
      'a field as long as a file',
      () => post('/form').field('name', 'x'.repeat(4 * 1024 * 1024 + 1)),
      { name: ['This is too long for a field.'] },
    ],
    [
      'more fields than anything has',
      () => {
        const test = post('/form');
        for (let i = 0; i < 101; i++) test.field(`f${i}`, 'x');
        return test;
      },
      { detail: expect.stringContaining('more than 100 fields') },
    ],
    [
      'no boundary',
      () => post('/file').type('multipart/form-data').send('x'),
      { detail: expect.stringMatching(/^Multipart form parse error/) },
    ],
  ])('with %s are refused and leave nothing', async (_, send, refusal) => {
    const { status, body } = await send();
    expect([status, body]).toEqual([400, refusal]);
    expect(await leftovers()).toEqual([]);
  });

  it('of clients that go away leave nothing', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const start = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n',
    );
    socket.write(
      'POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n' +
        'Content-Type: multipart/form-data; boundary=b\r\n\r\n',
    );
    socket.write(Buffer.concat([start, Buffer.alloc(40_000)]));
    while (!(await leftovers()).length) await tick();
    socket.destroy();
    while ((await leftovers()).length) await tick();
    expect((await post('/file').attach('file', Buffer.alloc(1), 'f')).ok).toBe(
      true,
    );
  });
});

function tick(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 5));
}

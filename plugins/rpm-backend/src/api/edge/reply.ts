import type { Download } from '@rpmportal/backstage-plugin-rpm-common';
import type { Response } from 'express';
import { pipeline } from 'stream/promises';
import { chunksOf } from '../../database/chunks';
import { pause } from '../../database/pause';

/**
 * Items of a page that are made or written in one go. A package with its files takes some tenths of
 * a millisecond, during which nobody else is served.
 */
export const ITEMS_AT_A_TIME = 50;

/**
 * Writes JSON the way strict clients of Pulp need it: `application/json` without a charset
 * parameter, which express' own `json()` would add.
 */
export function sendJson(res: Response, status: number, body: unknown): void {
  if (body === undefined) {
    res.status(status).end();
    return;
  }
  sendBytes(res, status, Buffer.from(JSON.stringify(body)));
}

/**
 * As {@link sendJson}, and a page item by item.
 *
 * @param present - makes of an entity, alone or in a page, what is sent of it
 * @param contentType - of a file
 */
export async function sendReply(
  res: Response,
  { status, body }: { status: number; body: any },
  present: (item: unknown) => unknown,
  contentType?: string,
): Promise<void> {
  if (typeof body?.content?.[Symbol.asyncIterator] === 'function') {
    await sendDownload(res, status, contentType!, body);
    return;
  }
  if (!Array.isArray(body?.results)) {
    sendJson(res, status, present(body));
    return;
  }
  const { results, ...rest } = body;
  const start = `${JSON.stringify(rest).slice(0, -1)},"results":[`;
  const pieces: Buffer[] = [];
  for (const chunk of chunksOf<unknown>(results, ITEMS_AT_A_TIME)) {
    const items = chunk.map(item => JSON.stringify(present(item))).join(',');
    pieces.push(Buffer.from(pieces.length ? `,${items}` : items));
    await pause();
  }
  sendBytes(
    res,
    status,
    Buffer.concat([Buffer.from(start), ...pieces, Buffer.from(']}')]),
  );
}

/**
 * Sends a file as it is made; a client that goes away stops that. What fails before the first byte is
 * there is answered as any error.
 */
async function sendDownload(
  res: Response,
  status: number,
  contentType: string,
  { fileName, content }: Download,
): Promise<void> {
  const bytes = content[Symbol.asyncIterator]();
  const first = await bytes.next();
  res.status(status);
  res.setHeader('Content-Type', contentType);
  res.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  await pipeline(async function* all() {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => bytes };
  }, res);
}

function sendBytes(res: Response, status: number, json: Buffer): void {
  res.status(status);
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Content-Length', json.length);
  res.end(json);
}

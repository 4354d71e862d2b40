import type { Request, Response } from 'express';
import { basename, dirname } from 'path';
import send from 'send';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import type { ArtifactStorage } from '../storage';
import { cacheControlOf, contentTypeOf } from './contentTypes';
import { renderListing, type ListingEntry } from './renderListing';
import { displayPath, encodePath, type RequestPath } from './requestPath';
import type { RemoteContent, StoredContent } from './types';

function sendText(
  req: Request,
  res: Response,
  status: number,
  type: string,
  text: string,
): void {
  const bytes = Buffer.from(text);
  res.status(status);
  res.setHeader('Content-Type', `${type}; charset=utf-8`);
  res.setHeader('Content-Length', bytes.byteLength);
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

/**
 * Files come from anywhere, and the portal may live on the same origin: what a browser would run of
 * them gets no script, no origin and nothing else to load.
 */
const CONTENT_POLICY = "default-src 'none'; sandbox";

/** Our own page; a sandbox would keep browsers from downloading what it links to. */
const LISTING_POLICY = "default-src 'none'";

function confine(res: Response, policy: string): void {
  res.setHeader('Content-Security-Policy', policy);
  res.setHeader('X-Content-Type-Options', 'nosniff');
}

/** Something that is not there, or cannot be had; it may be there the next moment. */
export function sendProblem(
  req: Request,
  res: Response,
  status: number,
  reason: string,
): void {
  res.setHeader('Cache-Control', 'no-store');
  sendText(req, res, status, 'text/plain', `${status}: ${reason}\n`);
}

export function sendListing(
  req: Request,
  res: Response,
  path: RequestPath,
  entries: readonly ListingEntry[],
): void {
  res.setHeader('Cache-Control', 'no-cache, no-transform');
  confine(res, LISTING_POLICY);
  const page = renderListing(displayPath(path), entries);
  sendText(req, res, 200, 'text/html', page);
}

export function sendRepoConfig(req: Request, res: Response, text: string) {
  res.setHeader('Cache-Control', 'no-cache, no-transform');
  sendText(req, res, 200, 'text/plain', text);
}

/**
 * Keeps the query. What moves must not be kept by anybody: a new checkpoint, or one that is not
 * retained any more, changes it.
 */
export function sendRedirect(
  req: Request,
  res: Response,
  to: RequestPath,
  isPermanent: boolean,
): void {
  const mark = req.originalUrl.indexOf('?');
  const query = mark < 0 ? '' : req.originalUrl.slice(mark);
  res.setHeader('Location', `${encodePath(to)}${query}`);
  res.setHeader('Cache-Control', isPermanent ? 'no-transform' : 'no-store');
  res.status(isPermanent ? 301 : 302).end();
}

function setFileHeaders(
  res: Response,
  { name, size }: StoredContent | RemoteContent,
  sha256: string | undefined,
): void {
  res.setHeader('Content-Type', contentTypeOf(name));
  res.setHeader('Cache-Control', cacheControlOf(name));
  confine(res, CONTENT_POLICY);
  if (size !== undefined) res.setHeader('X-PULP-ARTIFACT-SIZE', size);
  if (sha256) res.setHeader('ETag', `"${sha256}"`);
}

/**
 * Sends a file from the storage: whole, a range of it, or that it has not changed.
 *
 * @remarks
 * There is no Last-Modified: a path may go back to an earlier file, with a roll-back for instance,
 * and then dates mislead. Digests do not.
 */
export async function sendStored(
  req: Request,
  res: Response,
  content: StoredContent,
  storage: ArtifactStorage,
): Promise<void> {
  setFileHeaders(res, content, content.sha256);
  const path = storage.pathOf(content);
  await new Promise<void>((resolve, reject) => {
    res.on('close', resolve);
    send(req, encodeURIComponent(basename(path)), {
      root: dirname(path),
      cacheControl: false,
      etag: false,
      lastModified: false,
    })
      .on('error', (error: Error & { status?: number }) => {
        const { status } = error;
        if (status === 412 || status === 416) {
          sendProblem(req, res, status, error.message);
        } else {
          reject(error);
        }
      })
      .pipe(res);
  });
}

/** Announces a file that will be fetched when it is really asked for. */
export function sendRemoteHeaders(res: Response, content: RemoteContent): void {
  const { checksum, size } = content;
  const isOwnDigest = checksum.type === 'sha256';
  setFileHeaders(res, content, isOwnDigest ? checksum.value : undefined);
  if (size !== undefined) res.setHeader('Content-Length', size);
  res.status(200);
}

/** Passes a file on while it arrives; the connection breaks when that fails. */
export async function sendRemote(
  res: Response,
  content: RemoteContent,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  sendRemoteHeaders(res, content);
  await pipeline(Readable.from(bytes, { objectMode: false }), res);
}

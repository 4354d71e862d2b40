import { ArtifactMismatchError } from '../storage';
import { DownloadError } from './DownloadError';
import type { SizeBound } from './types';

function tooLarge(url: string, bound: SizeBound): Error {
  return 'size' in bound
    ? ArtifactMismatchError.size(url, bound.size, 'more')
    : new DownloadError(
        'PLP0004',
        `${url} is larger than the allowed ${bound.maxSize} bytes.`,
      );
}

/** The same bytes, up to the bound. */
export async function* boundSize(
  body: AsyncIterable<Uint8Array>,
  url: string,
  bound: SizeBound,
): AsyncGenerator<Uint8Array> {
  const most = 'size' in bound ? bound.size : bound.maxSize;
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(url, bound);
    yield chunk;
  }
}

import type { ApiRequest } from './implement';

/** A signal that is aborted when the client goes away before it has its reply. */
export function untilGone({ raw }: Pick<ApiRequest, 'raw'>): AbortSignal {
  const gone = new AbortController();
  raw.res?.once('close', () => gone.abort());
  return gone.signal;
}

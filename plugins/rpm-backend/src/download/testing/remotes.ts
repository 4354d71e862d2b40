import type { RemoteRecord } from '../../remote/types';

/** A remote as the database gives it. */
export function testRemote(
  url: string,
  settings: RemoteRecord['settings'] = {},
  secrets: RemoteRecord['secrets'] = {},
): RemoteRecord {
  return {
    id: 1,
    uuid: '019a0000-0000-7000-8000-000000000001',
    createdAt: '2026-01-01T00:00:00.000000Z',
    updatedAt: '2026-01-01T00:00:00.000000Z',
    name: 'test',
    url,
    policy: 'immediate',
    labels: {},
    settings,
    secrets,
    owner: undefined,
    entity: undefined,
    createdBy: undefined,
  };
}

/** Reads a body to its end, as text. */
export async function readText(
  body: AsyncIterable<Uint8Array>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

import { mockCredentials } from '@backstage/backend-test-utils';
import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import request from 'supertest';
import { EXAMPLE_FOLDERS } from '../sync/testing/SyncTester';
import { API_ROOT } from '../identifiers';
import type { RpmTestBackend } from './startRpmBackend';

/** Sends a form with a file in the field `file`. */
export function postFile(
  rpm: RpmTestBackend,
  path: string,
  file: string | Buffer,
  fields: Record<string, string> = {},
): request.Test {
  const post = request(rpm.backend.server)
    .post(`${API_ROOT}${path}`)
    .set('Authorization', mockCredentials.user.header());
  for (const [name, value] of Object.entries(fields)) post.field(name, value);
  return post.attach('file', Buffer.from(file), 'document');
}

/** Sends an advisory as an upload does. */
export function postAdvisory(
  rpm: RpmTestBackend,
  advisory: unknown,
  fields?: Record<string, string>,
): request.Test {
  return postFile(
    rpm,
    'content/rpm/advisories/',
    JSON.stringify(advisory),
    fields,
  );
}

/**
 * Uploads an advisory and waits.
 *
 * @returns its href
 */
export async function uploadAdvisory(
  rpm: RpmTestBackend,
  advisory: unknown,
): Promise<string> {
  const task = await rpm.completed(await postAdvisory(rpm, advisory));
  return task.result.pulp_href;
}

/** The JSON of a package of an advisory, given as `name-version`. */
export function advisoryPackage(text: string) {
  const [name, version] = text.split('-');
  return { name, version, release: '1', arch: 'noarch', epoch: '0' };
}

/** Uploads the modules that the example packages of `repo-2` belong to. */
export async function uploadExampleModules(rpm: RpmTestBackend): Promise<void> {
  const folder = join(EXAMPLE_FOLDERS['repo-2'], 'repodata');
  const names = await readdir(folder);
  const name = names.find(each => each.includes('modules.yaml'))!;
  const file = await readFile(join(folder, name));
  await rpm.completed(await postFile(rpm, 'content/rpm/modulemds/', file));
}

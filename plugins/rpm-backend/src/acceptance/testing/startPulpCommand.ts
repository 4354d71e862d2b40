import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { RepositoryServer } from '../../sync/testing/RepositoryServer';
import { SyncTester } from '../../sync/testing/SyncTester';
import type { RpmTestBackend } from '../../testing';
import { PulpCommand } from './PulpCommand';
import { StrictClient } from './StrictClient';

/** Where a test's backend really listens; what it says of itself is its configuration. */
export function originOf({ backend }: RpmTestBackend): string {
  return `http://127.0.0.1:${backend.server.port()}`;
}

/** The plugin, the `pulp` command of a user, and the example repositories on a web server. */
export async function startPulpCommand(knex: Knex): Promise<{
  pulp: PulpCommand;
  server: RepositoryServer;
  origin: string;
  stop(): Promise<void>;
}> {
  const tester = await SyncTester.start(knex);
  const origin = originOf(tester.rpm);
  const client = await StrictClient.connect(
    origin,
    mockCredentials.user.token(),
  );
  return {
    pulp: new PulpCommand(client),
    server: tester.server,
    origin,
    stop: () => tester.stop(),
  };
}

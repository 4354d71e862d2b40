import { TestDatabases } from '@backstage/backend-test-utils';

/** The engines that every service is tested on; PostgreSQL only where one is offered. */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
}

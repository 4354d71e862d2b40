import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { WorkerPool } from '../../workers';
import { DefaultSolverService, SolverImages } from '..';

/** A solver that keeps nothing in files unless it is told where. */
export function testSolver(
  services: { knex: Knex; threads: WorkerPool },
  options: { folder?: string; memory?: number; disk?: number } = {},
) {
  const { folder = '', memory = 10_000_000, disk } = options;
  const logger = mockServices.logger.mock();
  const images = new SolverImages({
    ...services,
    logger,
    folder,
    memory,
    disk: disk ?? (folder ? 10_000_000 : 0),
  });
  const solver = new DefaultSolverService({
    threads: services.threads,
    images,
  });
  return { solver, images, logger };
}

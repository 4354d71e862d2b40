import { reportInstallability as report } from '@rpmportal/rpm-solver';
import { gzipSync } from 'zlib';
import { chunksOf } from '../database/chunks';
import type { JobContext } from '../workers/types';
import { cancellationOf } from './cancellationOf';
import type { ReportJobInput } from './jobTypes';
import { openedPool } from './openedPool';
import type { PackedReport, ReportPart } from './types';

/** Broken packages of a part: a page reads one or two, each in a few milliseconds. */
const PART = 200;

/**
 * Finds the packages of a version that cannot be installed. Runs in a worker thread, and is pure.
 *
 * @returns the report without its parts, which were emitted
 */
export async function reportInstallability(
  { pool, request: { version, ...rest } }: ReportJobInput,
  context: JobContext<never, ReportPart>,
): Promise<Omit<PackedReport, 'parts'>> {
  const { broken, ...summary } = report(openedPool(pool), {
    repository: version,
    ...rest,
    ...cancellationOf(context),
  });
  for (const part of chunksOf(broken, PART)) {
    context.checkCancelled();
    // Exactly its own bytes: what a view lies on crosses threads whole.
    const content = new Uint8Array(gzipSync(JSON.stringify(part)));
    await context.emit({ count: part.length, content });
  }
  return summary;
}

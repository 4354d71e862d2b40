import { writeProblem } from '@rpmportal/rpm-solver';
import { createWriteStream } from 'fs';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { createGzip } from 'zlib';
import type { JobContext } from '../workers/types';
import { cancellationOf } from './cancellationOf';
import type { ProblemJobInput } from './jobTypes';
import { openedPool } from './openedPool';

/** Characters that are compressed together. */
const PART = 256 * 1024;

/** Writes down what a copy asks of the solver, as lines of JSON in a gzipped file. Runs in a worker thread. */
export async function writeProblemFile(
  { pool, request, path }: ProblemJobInput,
  context: JobContext<never, never>,
): Promise<void> {
  const lines = writeProblem(openedPool(pool), {
    ...request,
    ...cancellationOf(context),
  });
  await pipeline(
    Readable.from(partsOf(lines, context)),
    createGzip(),
    createWriteStream(path),
  );
}

function* partsOf(
  lines: Iterable<string>,
  context: JobContext<never, never>,
): Generator<string, void, undefined> {
  let part = '';
  for (const line of lines) {
    part += `${line}\n`;
    if (part.length >= PART) {
      context.checkCancelled();
      yield part;
      part = '';
    }
  }
  if (part) yield part;
}

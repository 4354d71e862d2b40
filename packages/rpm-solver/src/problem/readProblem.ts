import { openPool, type OpenedRepository } from '../pool/openPool';
import type { Pool } from '../pool/Pool';
import { PoolBuilder } from '../pool/PoolBuilder';
import {
  PROBLEM_FORMAT,
  type ProblemLine,
  type ProblemRequest,
} from './ProblemLine';

/** Lines that are no problem, or one of another release. */
export class ProblemFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProblemFormatError';
  }
}

/** What a plan is made from. */
export interface Problem {
  pool: Pool;
  request: ProblemRequest;
}

/**
 * Reads what `writeProblem` wrote. Empty lines are left out.
 *
 * @throws ProblemFormatError
 */
export async function readProblem(
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<Problem> {
  const builder = new PoolBuilder();
  const repositories: OpenedRepository[] = [];
  let request: ProblemRequest | undefined;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === '') continue;
    const line = parseLine(text, number);
    if (!request && line.kind !== 'problem') {
      throw new ProblemFormatError(`Line ${number} is no beginning`);
    }
    switch (line.kind) {
      case 'problem':
        if (line.format !== PROBLEM_FORMAT) {
          throw new ProblemFormatError(
            `A problem in format ${line.format} instead of ${PROBLEM_FORMAT}`,
          );
        }
        request = line.request;
        break;
      case 'package':
        builder.addPackage(line.package);
        break;
      case 'module':
        builder.addModule(line.module);
        break;
      case 'repository':
        repositories.push(line);
        break;
      default:
        throw new ProblemFormatError(`Line ${number} is of no known kind`);
    }
  }
  if (!request) {
    throw new ProblemFormatError('There is no problem in it');
  }
  return { pool: openPool(builder.build(), repositories), request };
}

function parseLine(text: string, number: number): ProblemLine {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemFormatError(`Line ${number} is no JSON`);
  }
}

import type { ClosureRequest } from '../closure/request';
import type { ModuleRecord, PackageRecord } from '../pool/records';

/** Changes when what was written before cannot be read any more. */
export const PROBLEM_FORMAT = 1;

/** What was asked for, without a way to stop. */
export type ProblemRequest = Omit<ClosureRequest, 'shouldCancel'>;

/** One line of a problem that was written down; the first one is of kind `problem`. */
export type ProblemLine =
  | { kind: 'problem'; format: number; request: ProblemRequest }
  | { kind: 'package'; package: PackageRecord }
  | { kind: 'module'; module: ModuleRecord }
  | {
      kind: 'repository';
      key: string;
      units: number[];
      defaultStreams: Record<string, string>;
    };

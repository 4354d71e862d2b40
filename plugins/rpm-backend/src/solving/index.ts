export * from './DefaultSolverService';
export type { SolvedClosure, SolvedMissing } from './shortenPlan';
export * from './types';

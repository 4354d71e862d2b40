export * from './DefaultSolverService';
export type { SolvedClosure } from './shortenPlan';
export * from './types';

export * from './DefaultSolverService';
export type { SolvedClosure, SolvedMissing } from './shortenPlan';
export { SolverImages } from './SolverImages';
export * from './types';

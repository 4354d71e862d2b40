export * from './DefaultSolverService';
export type { SolvedClosure, SolvedMissing } from './shortenPlan';
export { SolverImages } from './SolverImages';
export { SolverProblems } from './SolverProblems';
export * from './types';

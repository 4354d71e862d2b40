export { CancelledError, type Cancellation } from './cancellation';
export { planClosure } from './closure/planClosure';
export type { ClosureEntry, ClosureRequest } from './closure/request';
export type {
  AddedUnit,
  ClosurePlan,
  EntryPlan,
  MissingProblem,
  MissingRequirement,
  PlanStep,
  StepReason,
} from './closure/plan';
export { chainOf, describeChain } from './explanation/describeChain';
export { reportInstallability } from './installability/report/reportInstallability';
export type {
  BrokenPackage,
  InstallabilityProblem,
  InstallabilityProblemKind,
  InstallabilityReport,
  InstallabilityRequest,
} from './installability/report/report';
export type { BrokenOptions } from './installability/findBroken';
export {
  attachImage,
  imageUnits,
  type PoolImage,
  readImage,
} from './image/PoolImage';
export { IMAGE_FORMAT, ImageFormatError } from './image/sections';
export { machinesOf } from './machines/machinesOf';
export { planForMachines } from './machines/planForMachines';
export type { Pool } from './pool/Pool';
export { type OpenedRepository, openPool } from './pool/openPool';
export { buildPool, PoolBuilder } from './pool/PoolBuilder';
export type {
  ModuleRecord,
  ModuleRequirement,
  PackageRecord,
  RepositoryRecord,
} from './pool/records';
export type { ProblemRequest } from './problem/ProblemLine';
export {
  type Problem,
  ProblemFormatError,
  readProblem,
} from './problem/readProblem';
export { writeProblem } from './problem/writeProblem';

export * from './AuthorizedRepositoryService';
export * from './AuthorizedVersionService';
export * from './DefaultRepositoryService';
export * from './DefaultVersionService';
export * from './describeDryRun';
export * from './describeOutcome';
export * from './applyPlan';
export * from './planVersion';
export { causeOfRemoval } from './PlanUnitNames';
export * from './references';
export * from './retention';
export * from './serializeVersion';
export * from './storeMergedAdvisories';
export * from './types';
export * from './VersionHooks';
export * from './VersionMaker';
export * from './versionTypes';
export {
  DEFAULT_VERSION_RULES,
  type VersionRules,
} from './rules/resolveAdvisories';

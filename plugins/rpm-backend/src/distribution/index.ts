export * from './AuthorizedDistributionService';
export * from './DefaultDistributionService';
export * from './types';

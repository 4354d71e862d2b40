export * from './AuthorizedInstallabilityService';
export * from './DefaultInstallabilityService';
export * from './types';

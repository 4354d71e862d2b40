export * from './AuthorizedModuleService';
export * from './DefaultModuleService';
export * from './types';

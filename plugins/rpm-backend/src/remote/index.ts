export * from './AuthorizedRemoteService';
export * from './DefaultRemoteService';
export * from './remoteRules';
export * from './types';

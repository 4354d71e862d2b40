export * from './RpmApi';
export * from './RpmApiClient';
export * from './rpmApiRef';

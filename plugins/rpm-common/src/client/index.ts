export * from './RpmApiError';
export * from './RpmClient';
export * from './RpmTaskError';
export * from './waitForTask';

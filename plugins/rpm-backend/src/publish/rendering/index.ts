/** The job's name in the registry of the worker threads. */
export const RENDER_METADATA = 'publish.renderMetadata';
export * from './types';

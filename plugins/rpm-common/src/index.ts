/**
 * What the browser and the backend of the RPM repositories plugin share: the API's declaration, its
 * typed client, permissions and annotations.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './client';
export * from './contract';
export * from './permissions';
export * from './repoConfig';

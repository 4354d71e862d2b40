/**
 * RPM repositories on the pages of a Backstage portal, for its new frontend system.
 *
 * @packageDocumentation
 */
export { rpmPlugin as default } from './plugin';
export * from './api';
export { isRpmAvailable } from './isRpmAvailable';

/**
 * The backend of the RPM repositories plugin.
 *
 * @packageDocumentation
 */
export { rpmPlugin as default } from './plugin';
export * from './permissions/conditionExports';

/**
 * For other backend modules and permission policies that work with RPM repositories.
 *
 * @packageDocumentation
 */
export * from './permissions';

export * from './RpmPackage';

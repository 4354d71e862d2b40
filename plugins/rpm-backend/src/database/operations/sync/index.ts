export * from './lastSync';
export * from './missingFiles';
